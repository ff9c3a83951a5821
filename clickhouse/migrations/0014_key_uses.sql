-- key_uses: when a key last called the service itself; its events are in usage_day. Instances write at most once a minute
-- and when they stop, only of keys that called since; of several rows the latest counts.
CREATE TABLE IF NOT EXISTS key_uses
(
    key_id String,
    last_call_at SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = AggregatingMergeTree
ORDER BY key_id
