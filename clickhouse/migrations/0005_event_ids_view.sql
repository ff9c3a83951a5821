-- Fills event_ids with the ids of each inserted block. Ids that the service made cannot be sent again and are left out.
-- The service computes the same hash (ingest/ids/id-hash.ts): the two must stay equal.
CREATE MATERIALIZED VIEW IF NOT EXISTS event_ids_view TO event_ids AS
SELECT
    toFixedString(substring(SHA256(concat(account_id, '\0', id)), 1, 16), 16) AS id_hash,
    now() AS received_at
FROM events
WHERE has_client_id
