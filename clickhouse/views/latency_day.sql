-- latency_day: latency percentiles of each key by UTC day, endpoint and method.
CREATE OR REPLACE VIEW meterhouse_bi.latency_day
(
    account_id LowCardinality(String) COMMENT 'The account.',
    key_id LowCardinality(String) COMMENT 'The API key; its name is in the view keys.',
    bucket DateTime('UTC') COMMENT 'Start of the UTC day, UTC.',
    endpoint LowCardinality(String) COMMENT 'A template such as /v1/orders/{id}, without the method.',
    method LowCardinality(String) COMMENT 'The HTTP method.',
    requests UInt64 COMMENT 'Requests, failed and throttled ones too.',
    latency_count UInt64 COMMENT 'Requests whose latency counts: all but those with status 429 and 101.',
    p50 Nullable(Float64) COMMENT '50th percentile of latency in milliseconds, at most 0.33 % off; null without a request whose latency counts.',
    p75 Nullable(Float64) COMMENT '75th percentile of latency in milliseconds, at most 0.33 % off; null without a request whose latency counts.',
    p90 Nullable(Float64) COMMENT '90th percentile of latency in milliseconds, at most 0.33 % off; null without a request whose latency counts.',
    p95 Nullable(Float64) COMMENT '95th percentile of latency in milliseconds, at most 0.33 % off; null without a request whose latency counts.',
    p99 Nullable(Float64) COMMENT '99th percentile of latency in milliseconds, at most 0.33 % off; null without a request whose latency counts.'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    account_id,
    key_id,
    bucket,
    endpoint,
    method,
    requests,
    latency_count,
    if(latency_count = 0, NULL, ms[1]) AS p50,
    if(latency_count = 0, NULL, ms[2]) AS p75,
    if(latency_count = 0, NULL, ms[3]) AS p90,
    if(latency_count = 0, NULL, ms[4]) AS p95,
    if(latency_count = 0, NULL, ms[5]) AS p99
FROM
(
    SELECT
        t.account_id AS account_id,
        t.key_id AS key_id,
        t.bucket AS bucket,
        t.endpoint AS endpoint,
        t.method AS method,
        sum(t.requests) AS requests,
        sumIf(t.requests, t.status_code NOT IN (101, 429)) AS latency_count,
        arrayMap(
            code -> least(
                round(if(code < 153, code, 56.46949356501506 * exp(if(code < 1032, code, 1023 + floor((code - 1016) / 16)) / 153)) * 1000) / 1e6,
                max(t.latency_max_us) / 1000
            ),
            quantilesTimingMerge(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(t.latency)
        ) AS ms
    FROM usage_day AS t
    GROUP BY
        t.account_id,
        t.key_id,
        t.bucket,
        t.endpoint,
        t.method
)
COMMENT 'Latency percentiles of each key by UTC day, endpoint and method; kept for ever. The percentiles of a row cannot be added up to those of several rows: see latency and latency_series.'
