-- Ids that clients gave their events, kept for as long as a retry is recognised. A hash of account and id is stored:
-- 16 bytes each, sorted, so that a batch of ids is looked up by primary key.
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
