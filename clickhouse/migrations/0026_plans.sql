-- plans: what plans say, one row a version; of rows with the same id and version the one that was written last counts.
--
-- effective_from  from which instant on the version holds, until a later version does.
-- plan            JSON: prices, fee and the rest. Versions stay, so that past periods are priced as they were.
CREATE TABLE IF NOT EXISTS plans
(
    id String,
    version UInt32,
    effective_from DateTime64(3, 'UTC'),
    written_at DateTime64(3, 'UTC'),
    plan String
)
ENGINE = ReplacingMergeTree(written_at)
ORDER BY (id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
