-- alert_silences: when nobody is told of alerts, one row a change; as alert_rules.
CREATE TABLE IF NOT EXISTS alert_silences
(
    id String,
    version UInt64,
    account_id String,
    deleted Bool,
    body String
)
ENGINE = ReplacingMergeTree(version)
ORDER BY id
SETTINGS
    fsync_after_insert = 1,
    fsync_part_directory = 1
