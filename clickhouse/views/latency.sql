-- latency(account = 'acme', from = '2026-03-01 00:00:00', to = '2026-03-02 00:00:00'): percentiles by endpoint that are right
-- for the whole range, which those of buckets cannot give. Whole hours come from usage_hour, the ends of the range from events.
CREATE OR REPLACE VIEW meterhouse_bi.latency
(
    account_id LowCardinality(String) COMMENT 'The account.',
    endpoint LowCardinality(String) COMMENT 'A template such as /v1/orders/{id}, without the method.',
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
WITH
    parseDateTime64BestEffort({from:String}, 3, 'UTC') AS range_from,
    parseDateTime64BestEffort({to:String}, 3, 'UTC') AS range_to,
    toStartOfHour(range_from + toIntervalMillisecond(3599999)) AS first_hour,
    greatest(toStartOfHour(range_to), first_hour) AS last_hour
SELECT
    account_id,
    endpoint,
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
        account_id,
        endpoint,
        sum(requests) AS requests,
        sum(timed) AS latency_count,
        arrayMap(
            code -> least(
                round(if(code < 153, code, 56.46949356501506 * exp(if(code < 1032, code, 1023 + floor((code - 1016) / 16)) / 153)) * 1000) / 1e6,
                max(peak_us) / 1000
            ),
            quantilesTimingMerge(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(latency)
        ) AS ms
    FROM
    (
        SELECT
            t.account_id AS account_id,
            t.endpoint AS endpoint,
            sum(t.requests) AS requests,
            sumIf(t.requests, t.status_code NOT IN (101, 429)) AS timed,
            max(t.latency_max_us) AS peak_us,
            quantilesTimingMergeState(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(t.latency) AS latency
        FROM usage_hour AS t
        WHERE {account:String} IN ('', t.account_id) AND t.bucket >= first_hour AND t.bucket < last_hour
        GROUP BY t.account_id, t.endpoint
        UNION ALL
        SELECT
            e.account_id AS account_id,
            e.endpoint AS endpoint,
            count() AS requests,
            countIf(e.status_code NOT IN (101, 429)) AS timed,
            maxIf(e.latency_us, e.status_code NOT IN (101, 429)) AS peak_us,
            quantilesTimingStateIf(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(e.latency_code, e.status_code NOT IN (101, 429)) AS latency
        FROM events AS e
        WHERE {account:String} IN ('', e.account_id)
            AND e.timestamp >= range_from AND e.timestamp < range_to
            AND (e.timestamp < first_hour OR e.timestamp >= last_hour)
        GROUP BY e.account_id, e.endpoint
    )
    GROUP BY account_id, endpoint
)
COMMENT 'Latency percentiles of each endpoint, right for the whole range: latency(account = ..., from = ..., to = ...); an empty account means all that you may read. Times are UTC; the part of a range outside whole hours needs raw events.'
