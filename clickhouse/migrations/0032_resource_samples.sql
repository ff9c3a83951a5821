-- resource_samples: what the service took up at an instant, for the growth that GET /admin/capacity tells of.
--
-- instance  whose write-ahead log it is; empty for what all instances share, which one of them samples.
-- resource  disk, memory (of the engine), log (write-ahead).
-- used      bytes in use.
-- capacity  bytes that may be in use.
CREATE TABLE IF NOT EXISTS resource_samples
(
    resource LowCardinality(String),
    instance LowCardinality(String),
    at DateTime('UTC') CODEC(Delta, ZSTD(1)),
    used UInt64,
    capacity UInt64
)
ENGINE = MergeTree
ORDER BY (resource, instance, at)
TTL at + toIntervalDay(120)
