-- alerts: every alert that there was, one row a change; of the rows of an id the one with the highest version counts.
--
-- account_id   empty for an alert of a rule over all accounts.
-- version      the number of the evaluation that decided the change, see alert_states.
-- ended_at     in the year 2100 while it has not ended.
-- body         the alert as JSON.
CREATE TABLE IF NOT EXISTS alerts
(
    account_id String,
    id String,
    version UInt64,
    rule_id String,
    state LowCardinality(String),
    started_at DateTime64(3, 'UTC'),
    ended_at DateTime64(3, 'UTC'),
    body String
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (account_id, id)
TTL toDateTime(ended_at) + toIntervalDay(400)
SETTINGS
    fsync_after_insert = 1,
    fsync_part_directory = 1
