-- events: the raw events, a row a request.
CREATE OR REPLACE VIEW meterhouse_bi.events
(
    account_id LowCardinality(String) COMMENT 'The account.',
    key_id LowCardinality(String) COMMENT 'The API key; its name is in the view keys.',
    id String COMMENT 'The id that the sender gave, or one that was made for it.',
    timestamp DateTime64(3, 'UTC') COMMENT 'When the request began.',
    endpoint LowCardinality(String) COMMENT 'A template such as /v1/orders/{id}, without the method.',
    method LowCardinality(String) COMMENT 'The HTTP method.',
    status_code UInt16 COMMENT 'The HTTP status.',
    error_type LowCardinality(String) COMMENT 'What failed requests were reported as; empty for others.',
    latency_ms Float64 COMMENT 'Latency in milliseconds.',
    request_bytes UInt64 COMMENT 'Bytes of the request.',
    response_bytes UInt64 COMMENT 'Bytes of the answer.'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    e.account_id AS account_id,
    e.key_id AS key_id,
    e.id AS id,
    e.timestamp AS timestamp,
    e.endpoint AS endpoint,
    e.method AS method,
    e.status_code AS status_code,
    e.error_type AS error_type,
    e.latency_us / 1000 AS latency_ms,
    e.request_bytes AS request_bytes,
    e.response_bytes AS response_bytes
FROM events AS e
COMMENT 'Raw events, a row a request; kept for RETENTION_RAW_DAYS days.'
