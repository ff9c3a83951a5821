/**
 * Brings every answer to the same figures by name, so that what is compared answers the same question. Counts must be
 * equal, percentiles within 1 %.
 */
const UNITS = ['minute', 'hour', 'day'];
const PERCENTILES = ['p50', 'p75', 'p90', 'p95', 'p99'];
const TOLERANCE = 0.01;
/** The service rounds to six decimals. */
const ROUNDING = 1e-6;

/**
 * Figures of the rows of all statements of a plan.
 * @param rows see clickhouse.sql.mjs
 * @param toMs from a value of `q` to milliseconds
 */
export function figuresOfRows(rows, toMs) {
  const figures = new Map(['peakHour', ...UNITS.map((unit) => `running ${unit}`)].map((name) => [name, 0]));
  const add = (name, value) => figures.set(name, (figures.get(name) ?? 0) + Number(value));
  for (const row of rows) {
    if (row.previous !== undefined) figures.set('previous', Number(row.previous));
    if (row.peak !== undefined) figures.set('peakMinute', Number(row.peak));
    if (row.running_day !== undefined) addRunning(add, [[row.running_minute], [row.running_hour], [row.running_day]]);
    if (row.running !== undefined) addRunning(add, row.running.slice(1));
    if (row.grp === 3) addDimensions(add, row);
    else if (row.grp !== undefined && Number(row.r) > 0) addSums(figures, row, toMs);
  }
  return figures;
}

function addRunning(add, sums) {
  for (const [index, unit] of UNITS.entries()) {
    for (const requests of sums[index]) add(`running ${unit}`, requests);
  }
}

function addDimensions(add, row) {
  for (const [name, value] of [
    ['method', row.method],
    ['key', row.key_id],
  ]) {
    add(`${name} ${value} requests`, row.r);
    add(`${name} ${value} failed`, row.f);
  }
  add(`status ${row.status_code} requests`, row.r);
  if (Number(row.f) > 0) add(`error ${row.error_type} requests`, row.f);
}

function addSums(figures, row, toMs) {
  const name = row.grp === 0 ? 'total' : row.grp === 1 ? `at ${row.p}` : `endpoint ${row.endpoint}`;
  const [requests, failed, throttled] = [row.r, row.f, row.th].map(Number);
  figures.set(`${name} requests`, requests).set(`${name} failed`, failed).set(`${name} bytes`, Number(row.b));
  if (row.grp === 1) figures.set('peakHour', Math.max(figures.get('peakHour'), requests));
  if (row.grp === 2) figures.set(`${name} last`, Number(row.la));
  else figures.set(`${name} throttled`, throttled);
  if (requests === throttled) return;
  figures.set(`${name} average`, Number(row.ls) / (requests - throttled) / 1_000);
  if (row.grp !== 2) figures.set(`${name} peak`, Number(row.lm) / 1_000);
  for (const [index, level] of PERCENTILES.entries()) {
    if (row.grp === 0 || (index !== 1 && index !== 2)) figures.set(`${name} ${level}`, toMs(Number(row.q[index])));
  }
}

/** Figures of an answer of GET /usage. */
export function figuresOfAnswer({ usage, timeSeries, latency, breakdown, errors, rateLimits }) {
  const figures = new Map([
    ['peakMinute', usage.peakRequestsPerMinute],
    ['peakHour', usage.peakRequestsPerHour],
  ]);
  const set = (name, values) => {
    for (const [field, value] of Object.entries(values)) {
      if (value !== null && value !== undefined) figures.set(`${name} ${field}`, value);
    }
  };
  const sums = (item, requests) => ({
    requests,
    failed: item.failedRequests,
    throttled: item.throttledRequests,
    bytes: item.dataTransferred,
    average: item.averageLatency,
    peak: item.peakLatency,
    ...pick(item),
  });
  if (usage.totalRequests > 0) set('total', { ...sums(usage, usage.totalRequests), ...pick(latency) });
  for (const point of timeSeries) {
    if (point.requests > 0) set(`at ${Date.parse(point.timestamp) / 1_000}`, sums(point, point.requests));
  }
  for (const item of breakdown.byEndpoint) {
    set(`endpoint ${item.endpoint}`, { ...sums(item, item.requests), last: Date.parse(item.lastRequestAt) });
  }
  for (const { method, requests, failedRequests } of breakdown.byMethod) {
    set(`method ${method}`, { requests, failed: failedRequests });
  }
  for (const { keyId, requests, failedRequests } of breakdown.byKey)
    set(`key ${keyId}`, { requests, failed: failedRequests });
  for (const { statusCode, requests } of breakdown.byStatusCode) set(`status ${statusCode}`, { requests });
  for (const { type, count } of errors.byType) set(`error ${type}`, { requests: count });
  const { requestsPerMinute, requestsPerHour, requestsPerDay } = rateLimits.usage;
  set('running', { minute: requestsPerMinute, hour: requestsPerHour, day: requestsPerDay });
  return figures;
}

function pick(item) {
  return Object.fromEntries(PERCENTILES.map((level) => [level, item[level]]));
}

/**
 * How many figures were compared.
 * @param ignored whether a figure is left out
 * @throws Error naming the first figure that differs
 */
export function assertSame(what, figures, reference, ignored = () => false) {
  // GET /usage does not show the requests of the period before: an alert is made of them.
  const left = (name) => name === 'previous' || ignored(name);
  const names = new Set([...figures.keys(), ...reference.keys()].filter((name) => !left(name)));
  for (const name of names) {
    const [value, expected] = [figures.get(name), reference.get(name)];
    const allowed = / p\d\d$/.test(name)
      ? TOLERANCE * expected
      : name.endsWith(' average')
        ? ROUNDING * (1 + expected)
        : 0;
    if (!(Math.abs(value - expected) <= allowed)) {
      throw new Error(`${what}: "${name}" is ${value}, where GET /usage says ${expected}.`);
    }
  }
  return names.size;
}

/** The middle of a step of the latency scale in milliseconds: clickhouse/migrations/0001_events.sql has the scale. */
export function codeToMs(code) {
  const step = code < 1_032 ? code : 1_023 + Math.floor((code - 1_016) / 16);
  const ratio = Math.exp(1 / 153);
  return (step < 153 ? step : (153 * Math.exp((step - 153) / 153) * 2 * ratio) / (1 + ratio)) / 1_000;
}
