-- latency_series(account = 'acme', from = '2026-03-01 00:00:00', to = '2026-03-02 00:00:00', step = 3600): percentiles over
-- time of all keys together, in steps of so many seconds, a multiple of 60.
CREATE OR REPLACE VIEW meterhouse_bi.latency_series
(
    account_id LowCardinality(String) COMMENT 'The account.',
    bucket DateTime('UTC') COMMENT 'Start of the step, UTC.',
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
    bucket,
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
        toStartOfInterval(t.bucket, toIntervalSecond({step:UInt32})) AS bucket,
        sum(t.requests) AS requests,
        sum(t.timed) AS latency_count,
        arrayMap(
            code -> least(
                round(if(code < 153, code, 56.46949356501506 * exp(if(code < 1032, code, 1023 + floor((code - 1016) / 16)) / 153)) * 1000) / 1e6,
                max(t.latency_max_us) / 1000
            ),
            quantilesTimingMerge(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(t.latency)
        ) AS ms
    FROM traffic_minute AS t
    WHERE {account:String} IN ('', t.account_id)
        AND t.bucket >= parseDateTime64BestEffort({from:String}, 3, 'UTC')
        AND t.bucket < parseDateTime64BestEffort({to:String}, 3, 'UTC')
    GROUP BY account_id, bucket
)
COMMENT 'Latency percentiles over time, of all keys of an account together: latency_series(account = ..., from = ..., to = ..., step = seconds); an empty account means all that you may read. Times are UTC.'
