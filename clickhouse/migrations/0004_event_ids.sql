-- event_ids: the ids that senders gave their events, for as long as a retry is recognised. event_ids_view fills it.
--
-- id_hash      16 bytes of the SHA-256 of account and id. It is the sorting key, so that a batch of ids is looked up in it.
-- received_at  when the event was inserted, not when it happened.
CREATE TABLE IF NOT EXISTS event_ids
(
    id_hash FixedString(16),
    received_at DateTime('UTC')
)
ENGINE = MergeTree
PARTITION BY toDate(received_at)
ORDER BY id_hash
TTL received_at + toIntervalDay(8)
SETTINGS
    non_replicated_deduplication_window = 10000,
    ttl_only_drop_parts = 1,
    fsync_after_insert = 1,
    fsync_part_directory = 1
