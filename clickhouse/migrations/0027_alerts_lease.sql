-- alerts_lease: which instance sends notifications, by the claims of libs/clickhouse/src/server-lock.ts. A claim is given back
-- after an hour, so that rows of two days ago say nothing any more.
CREATE TABLE IF NOT EXISTS alerts_lease
(
    number UInt64,
    claim String,
    instance String,
    state String,
    at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = MergeTree
ORDER BY number
TTL toDateTime(at) + toIntervalDay(2)
SETTINGS non_replicated_deduplication_window = 10000
