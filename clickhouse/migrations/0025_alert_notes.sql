-- alert_notes: what is known of an alert beside what the evaluation decided; one row of each kind.
--
-- kind   acknowledged: somebody said that they know of it. corrected: events that came late changed the figure it was
--        decided by.
-- body   JSON: who acknowledged it; the figure as it is now.
CREATE TABLE IF NOT EXISTS alert_notes
(
    account_id String,
    alert_id String,
    kind LowCardinality(String),
    at DateTime64(3, 'UTC'),
    body String
)
ENGINE = ReplacingMergeTree
ORDER BY (account_id, alert_id, kind)
TTL toDateTime(at) + toIntervalDay(500)
SETTINGS
    fsync_after_insert = 1,
    fsync_part_directory = 1
