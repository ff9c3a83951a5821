-- closed_periods: what billing periods came to when they were closed, and again when that changed by late events or by a
-- change of the plan; one row each time. The first row of a period is what it was closed with.
--
-- requests  all requests of the period.
-- total     a decimal in the currency, as text.
CREATE TABLE IF NOT EXISTS closed_periods
(
    account_id String,
    period_from DateTime64(3, 'UTC'),
    period_to DateTime64(3, 'UTC'),
    recorded_at DateTime64(3, 'UTC'),
    plan_id String,
    currency LowCardinality(String),
    requests UInt64,
    total String
)
ENGINE = ReplacingMergeTree
ORDER BY (account_id, period_from, period_to, recorded_at)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
