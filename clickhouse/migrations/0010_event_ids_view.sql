-- Remembers the ids of each inserted block; ids that the service made cannot be sent again and are left out.
-- The hash is computed in the service too (ingest/deduplication/id-hash.ts): the two must stay the same.
CREATE MATERIALIZED VIEW IF NOT EXISTS event_ids_view TO event_ids AS
SELECT
    toFixedString(substring(SHA256(concat(account_id, '\0', id)), 1, 16), 16) AS id_hash,
    now() AS received_at
FROM events
WHERE id_given
