/** Statements to begin with. */

export const EXAMPLES: readonly { title: string; query: string }[] = [
  {
    title: 'Requests by hour',
    query: `SELECT u.bucket, sum(u.requests) AS requests, sum(u.failed) AS failed
FROM usage_hour AS u
WHERE u.bucket >= now() - INTERVAL 2 DAY
GROUP BY u.bucket
ORDER BY u.bucket`,
  },
  {
    title: 'Slowest endpoints of a week',
    query: `SELECT endpoint, requests, p50, p95, p99
FROM latency(account = '', from = toString(now() - INTERVAL 7 DAY), to = toString(now()))
ORDER BY p95 DESC
LIMIT 20`,
  },
  {
    title: 'p95 by hour',
    query: `SELECT bucket, p50, p95, p99
FROM latency_series(account = '', from = toString(now() - INTERVAL 1 DAY), to = toString(now()), step = 3600)
ORDER BY bucket`,
  },
  {
    title: 'Errors of one endpoint',
    query: `SELECT error_type, status_code, sum(requests) AS failed_requests
FROM usage_day_endpoint
WHERE endpoint = {endpoint:String} AND status_code >= 400
GROUP BY error_type, status_code
ORDER BY failed_requests DESC`,
  },
  {
    title: 'Keys with the most requests',
    query: `SELECT k.name AS name, sum(u.requests) AS requests, round(100 * sum(u.failed) / sum(u.requests), 2) AS error_percent
FROM usage_hour AS u
INNER JOIN keys AS k USING (account_id, key_id)
WHERE u.bucket >= now() - INTERVAL 7 DAY
GROUP BY name
ORDER BY requests DESC
LIMIT 20`,
  },
  {
    title: 'Last failed requests',
    query: `SELECT timestamp, endpoint, method, status_code, error_type, latency_ms
FROM events
WHERE status_code >= 500 AND timestamp >= now() - INTERVAL 1 DAY
ORDER BY timestamp DESC
LIMIT 100`,
  },
];
