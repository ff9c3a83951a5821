-- alert_rules: what is watched, one row a change; of the rows of an id the one with the highest version counts.
--
-- account_id   empty for a rule over all accounts.
-- body         the rule as JSON.
CREATE TABLE IF NOT EXISTS alert_rules
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
