-- usage_minute: the traffic of each key by minute. Rows of a rollup that are still to be merged are added up.
CREATE OR REPLACE VIEW meterhouse_bi.usage_minute
(
    account_id LowCardinality(String) COMMENT 'The account.',
    key_id LowCardinality(String) COMMENT 'The API key; its name is in the view keys.',
    bucket DateTime('UTC') COMMENT 'Start of the minute, UTC.',
    requests UInt64 COMMENT 'Requests, failed and throttled ones too.',
    successful UInt64 COMMENT 'Requests with a status below 400.',
    failed UInt64 COMMENT 'Requests with a status of 400 or above, throttled ones too.',
    throttled UInt64 COMMENT 'Requests with status 429.',
    latency_sum_ms Decimal(38, 3) COMMENT 'Sum of the latencies in milliseconds; over latency_count it is their mean.',
    latency_count UInt64 COMMENT 'Requests whose latency counts: all but those with status 429 and 101.',
    latency_max_ms Float64 COMMENT 'The highest latency in milliseconds; 0 where latency_count is 0.',
    bytes UInt64 COMMENT 'Bytes of requests and answers.'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    t.account_id AS account_id,
    t.key_id AS key_id,
    t.bucket AS bucket,
    sum(t.requests) AS requests,
    sum(t.requests) - sum(t.failed) AS successful,
    sum(t.failed) AS failed,
    sum(t.throttled) AS throttled,
    toDecimal128(sum(t.latency_sum_us), 3) / 1000 AS latency_sum_ms,
    sum(t.timed) AS latency_count,
    max(t.latency_max_us) / 1000 AS latency_max_ms,
    sum(t.bytes) AS bytes
FROM traffic_minute AS t
GROUP BY
    t.account_id,
    t.key_id,
    t.bucket
COMMENT 'Requests of each key by minute; kept for RETENTION_MINUTE_DAYS days.'
