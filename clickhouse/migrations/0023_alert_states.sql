-- alert_states: how far alert rules are evaluated. All rows of one evaluation are inserted as one block, which is there whole
-- or not at all, under a token of its number: of several instances that make the same evaluation one is stored.
--
-- kind          cursor: one row, where the evaluation stands and what its last step decided. rule: the state of a rule that
--               is not quiet. watermark: one row an instance, up to when its events are visible.
-- id            of the rule or the instance; empty for the cursor.
-- number        of the evaluation that wrote the row; the highest counts. Of a watermark the time it was written.
-- at            epoch milliseconds: windows that end by then are judged; of a watermark the watermark.
-- body          JSON.
CREATE TABLE IF NOT EXISTS alert_states
(
    kind LowCardinality(String),
    id String,
    number UInt64,
    at UInt64,
    deleted Bool,
    body String
)
ENGINE = ReplacingMergeTree(number)
ORDER BY (kind, id)
SETTINGS
    non_replicated_deduplication_window = 10000,
    fsync_after_insert = 1,
    fsync_part_directory = 1
