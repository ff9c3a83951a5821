-- Remembers the ids of each inserted block; ids that the service made cannot be sent again and are left out.
CREATE MATERIALIZED VIEW IF NOT EXISTS event_ids_view TO event_ids AS
SELECT
    reinterpretAsUInt128(sipHash128(account_id, id)) AS id_hash,
    now() AS received_at
FROM events
WHERE id_given
