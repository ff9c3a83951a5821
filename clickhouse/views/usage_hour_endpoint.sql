-- usage_hour_endpoint: requests of each key by hour, endpoint, method, status and error type.
CREATE OR REPLACE VIEW meterhouse_bi.usage_hour_endpoint
(
    account_id LowCardinality(String) COMMENT 'The account.',
    key_id LowCardinality(String) COMMENT 'The API key; its name is in the view keys.',
    bucket DateTime('UTC') COMMENT 'Start of the hour, UTC.',
    endpoint LowCardinality(String) COMMENT 'A template such as /v1/orders/{id}, without the method.',
    method LowCardinality(String) COMMENT 'The HTTP method.',
    status_code UInt16 COMMENT 'The HTTP status.',
    error_type LowCardinality(String) COMMENT 'What failed requests were reported as; empty for others.',
    requests UInt64 COMMENT 'Requests, failed and throttled ones too.',
    successful UInt64 COMMENT 'Requests with a status below 400.',
    failed UInt64 COMMENT 'Requests with a status of 400 or above, throttled ones too.',
    throttled UInt64 COMMENT 'Requests with status 429.',
    latency_sum_ms Decimal(38, 3) COMMENT 'Sum of the latencies in milliseconds; over latency_count it is their mean.',
    latency_count UInt64 COMMENT 'Requests whose latency counts: all but those with status 429 and 101.',
    latency_max_ms Float64 COMMENT 'The highest latency in milliseconds; 0 where latency_count is 0.',
    bytes UInt64 COMMENT 'Bytes of requests and answers.',
    last_request_at DateTime64(3, 'UTC') COMMENT 'Time of the latest request.'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    t.account_id AS account_id,
    t.key_id AS key_id,
    t.bucket AS bucket,
    t.endpoint AS endpoint,
    t.method AS method,
    t.status_code AS status_code,
    t.error_type AS error_type,
    sum(t.requests) AS requests,
    if(t.status_code < 400, sum(t.requests), 0) AS successful,
    if(t.status_code >= 400, sum(t.requests), 0) AS failed,
    if(t.status_code = 429, sum(t.requests), 0) AS throttled,
    toDecimal128(sum(t.latency_sum_us), 3) / 1000 AS latency_sum_ms,
    if(t.status_code NOT IN (101, 429), sum(t.requests), 0) AS latency_count,
    max(t.latency_max_us) / 1000 AS latency_max_ms,
    sum(t.bytes) AS bytes,
    max(t.last_at) AS last_request_at
FROM usage_hour AS t
GROUP BY
    t.account_id,
    t.key_id,
    t.bucket,
    t.endpoint,
    t.method,
    t.status_code,
    t.error_type
COMMENT 'Requests of each key by hour, endpoint, method, status and error type; kept for RETENTION_HOUR_DAYS days.'
