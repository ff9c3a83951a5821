-- events: the raw events, one row a request. The rollups are filled from it, and reconcile compares them with it.
--
-- account_id, timestamp  the sorting key: a window of an account is one range. timestamp is UTC, in milliseconds.
-- key_id                 the index by_key lets a filter skip granules (8,192 rows) without an event of the key.
-- id, has_client_id      the sender's id, or one that the service made, which nobody can send again.
-- endpoint               a template such as /v1/orders/{id}.
-- latency_us             whole microseconds: sums are exact, and do not depend on the order of arrival.
-- latency_code           the latency on a logarithmic scale, which the percentiles of the rollups count.
-- error_type             empty for a request that did not fail.
--
-- A request has failed where status_code >= 400. It was throttled where status_code = 429: then it has failed, too. It is
-- timed, which is to say that its latency counts, unless it was throttled or its connection was upgraded (101): the
-- latter lasts as long as a client stays.
--
-- Percentiles, in every table. A state of quantilesTiming counts each value below 1,024, and above that every sixteenth up
-- to 30,000, in at most 22 KB, and merges exactly in any order. latency_code puts latencies on that scale: below 153 us
-- they are their own code; above, a step is 1/153 of the value, so that its middle is at most 0.33 % off; codes from 1,024
-- on are 16 apart. The levels are 0.499999999, 0.749999999, 0.899999999, 0.949999999 and 0.989999999 everywhere: a state
-- has several forms, which round the rank of a round level differently; just below it, all return the nearest rank.
--
-- Codecs: an id is two thirds of a row's bytes on disk and hardly compresses without ZSTD; T64 drops the upper bits that
-- numbers do not use.
--
-- The deduplication window makes insert tokens work; it counts the blocks of a partition. Inserts are synced, for the
-- write-ahead log forgets what was inserted. The TTL, RETENTION_RAW_DAYS, is set when the service starts.
CREATE TABLE IF NOT EXISTS events
(
    account_id LowCardinality(String),
    key_id LowCardinality(String),
    id String CODEC(ZSTD(1)),
    has_client_id Bool,
    timestamp DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    method LowCardinality(String),
    endpoint LowCardinality(String),
    status_code UInt16,
    latency_us UInt32 CODEC(T64, ZSTD(1)),
    request_bytes UInt64 CODEC(T64, ZSTD(1)),
    response_bytes UInt64 CODEC(T64, ZSTD(1)),
    error_type LowCardinality(String),
    latency_code UInt16 MATERIALIZED toUInt16(
        least(if(latency_us < 153, latency_us, floor(153 + 153 * log(latency_us / 153))), 1024)
        + 16 * greatest(if(latency_us < 153, latency_us, floor(153 + 153 * log(latency_us / 153))) - 1023, 0)
    ) CODEC(T64, ZSTD(1)),
    INDEX by_key key_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = MergeTree
PARTITION BY toMonday(timestamp)
ORDER BY (account_id, timestamp)
SETTINGS
    non_replicated_deduplication_window = 10000,
    ttl_only_drop_parts = 1,
    fsync_after_insert = 1,
    fsync_part_directory = 1
