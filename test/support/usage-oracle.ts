/**
 * What `GET /usage` should answer, worked out from raw events in the plainest way; shares no code with the service. Days in
 * time zones are asked of Intl, date by date.
 */

export interface OracleEvent {
  keyId: string;
  timestamp: number;
  method: string;
  endpoint: string;
  statusCode: number;
  /** Milliseconds, in whole microseconds. */
  latencyMs: number;
  requestBytes: number;
  responseBytes: number;
  errorType: string;
  /** Stands for the path as it was sent. */
  pathHash?: number;
}

/** What is asked; instants are epoch milliseconds. */
export interface OracleQuery {
  now: number;
  /** Not with `from`. */
  timeframe?: string;
  from?: number;
  to?: number;
  granularity: string;
  timezone: string;
  weekStart: string;
  keyIds: string[];
  endpoints: string[];
  methods: string[];
  /** Codes and classes such as `5xx`. */
  statusCodes: string[];
  errorTypes: string[];
  groupBy: string[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** For how many days the levels are kept, and one more. */
const RAW = 91 * DAY;
const MINUTES = 401 * DAY;
const HOURS = 731 * DAY;

const MAX_POINTS = 11_000;

const LENGTH: Record<string, number> = {
  '1h': HOUR,
  '24h': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
  '90d': 90 * DAY,
  '1y': 365 * DAY,
};

const floor = (at: number, step: number): number => at - (((at % step) + step) % step);

/** A window's start goes back to the step of the finest level that is kept from there on, in every dimension. */
function startKept(at: number, now: number): number {
  if (floor(at, MINUTE) >= now - RAW) return floor(at, MINUTE);
  return floor(at, HOUR) >= now - HOURS ? floor(at, HOUR) : floor(at, DAY);
}

/** Its end goes on to the step of the finest level that is kept from where the level above ends. */
function endKept(from: number, at: number, now: number): number {
  const up = (step: number): number => floor(at + step - 1, step);
  if (Math.max(from, floor(at, HOUR)) >= now - RAW) return up(MINUTE);
  return Math.max(from, floor(at, DAY)) >= now - HOURS ? up(HOUR) : up(DAY);
}

/** The span that is read, `[from, end)`, and the `to` of the answer: now, or the end. */
export function oracleWindow(events: OracleEvent[], query: OracleQuery): { from: number; to: number; end: number } {
  const { now, timeframe, timezone } = query;
  if (query.from !== undefined) return givenWindow(query.from, query.to ?? now, now);
  if (timeframe === '1h' || timeframe === '24h') return lastWindow(LENGTH[timeframe] ?? 0, MINUTE, now);
  if (timeframe !== '1y' && timeframe !== 'all') return lastWindow(LENGTH[timeframe ?? ''] ?? 0, HOUR, now);
  const ofKeys = events.filter(({ keyId }) => query.keyIds.length === 0 || query.keyIds.includes(keyId));
  const first = Math.min(now, ...ofKeys.map((event) => event.timestamp));
  // The first event is known by its hour, or its day in UTC.
  const start = timeframe === '1y' ? now - 365 * DAY : Math.min(floor(first, HOUR), startKept(first, now));
  const day = firstInstantOf(timezone, localDate(timezone, Math.min(start, now)));
  const tomorrow = firstInstantOf(timezone, localDate(timezone, now) + DAY);
  return { from: startKept(day, now), to: now, end: tomorrow };
}

function lastWindow(length: number, edge: number, now: number): { from: number; to: number; end: number } {
  return { from: floor(now - length, edge), to: now, end: floor(now, edge) + edge };
}

function givenWindow(from: number, to: number, now: number): { from: number; to: number; end: number } {
  const start = startKept(from, now);
  if (to >= now) return { from: start, to: now, end: floor(now, MINUTE) + MINUTE };
  const end = endKept(start, to, now);
  return { from: start, to: end, end };
}

/**
 * Whether the buckets can be told from what is kept, in as many points as there may be. Null where they could be told from
 * days, but hours are gone and some bucket does not start with a day of UTC: it may be refused.
 */
export function isAnswerable(
  query: OracleQuery,
  { from, to, end }: { from: number; to: number; end: number },
): boolean | null {
  const { now, granularity } = query;
  const minutes = now - (isDetailed(query) ? RAW : MINUTES);
  if (granularity === 'minute') return from >= minutes && (to - from) / MINUTE <= MAX_POINTS;
  if (granularity === 'hour' && (from < now - HOURS || (to - from) / HOUR > MAX_POINTS)) return false;
  const starts = oracleStarts(query, from, end);
  const inside = starts.filter((start) => start > from);
  if (granularity === 'hour') return inside.every((start) => start % HOUR === 0 || floor(start, HOUR) >= minutes);
  const told = inside.every(
    (start) =>
      (start % HOUR === 0 || floor(start, HOUR) >= minutes) && (start % DAY === 0 || floor(start, DAY) >= now - HOURS),
  );
  const fromDays = from < now - HOURS && starts.some((start) => start % DAY !== 0);
  return told && fromDays ? null : told;
}

/** Whether the rows are kept that tell the fullest minute and hour of a window: of hours off those of UTC minutes. */
export function oraclePeaksKept(query: OracleQuery, from: number, end: number): { minute: boolean; hour: boolean } {
  const { now, granularity, timezone } = query;
  const minutes = from >= now - (isDetailed({ ...query, groupBy: [] }) ? RAW : MINUTES);
  const isSeries = granularity === 'hour' || granularity === 'minute';
  return {
    minute: minutes || granularity === 'minute',
    hour: isSeries || (isOffTheHour(timezone, from, end) ? minutes : from >= now - HOURS),
  };
}

/** Whether more is asked about than keys. */
function isDetailed({ endpoints, methods, statusCodes, errorTypes, groupBy }: OracleQuery): boolean {
  const filtered = [endpoints, methods, statusCodes, errorTypes].some((values) => values.length > 0);
  return filtered || groupBy.some((name) => name !== 'key' && name !== 'account');
}

/** The events that a query asks about. */
export function isAskedFor(event: OracleEvent, query: OracleQuery): boolean {
  const among = (values: string[], value: string): boolean => values.length === 0 || values.includes(value);
  const code = String(event.statusCode);
  return (
    among(query.keyIds, event.keyId) &&
    among(query.endpoints, event.endpoint) &&
    among(query.methods, event.method) &&
    among(query.errorTypes, event.errorType) &&
    (among(query.statusCodes, code) || query.statusCodes.includes(`${code.slice(0, 1)}xx`))
  );
}

/** The starts of all buckets that touch `[from, end)`. */
export function oracleStarts({ granularity, timezone, weekStart }: OracleQuery, from: number, end: number): number[] {
  const starts: number[] = [];
  if (granularity === 'hour' && isOffTheHour(timezone, from, end)) return hourStarts(timezone, from, end);
  if (granularity === 'minute' || granularity === 'hour') {
    const step = granularity === 'minute' ? MINUTE : HOUR;
    for (let at = floor(from, step); at < end; at += step) starts.push(at);
    return starts;
  }
  for (let date = firstDate(granularity, weekStart, localDate(timezone, from)); ; date = nextDate(granularity, date)) {
    const start = firstInstantOf(timezone, date);
    if (start >= end) return starts;
    starts.push(start);
  }
}

/** The date that the week or month of a date begins with; dates are given as midnights of UTC. */
function firstDate(granularity: string, weekStart: string, date: number): number {
  const day = new Date(date);
  if (granularity === 'day') return date;
  if (granularity === 'month') return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1);
  return date - ((day.getUTCDay() + (weekStart === 'sunday' ? 0 : 6)) % 7) * DAY;
}

function nextDate(granularity: string, date: number): number {
  const day = new Date(date);
  if (granularity === 'month') return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
  return date + (granularity === 'week' ? 7 : 1) * DAY;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The date that a calendar on the wall shows. */
export function localDate(timezone: string, at: number): number {
  const format = formats.get(timezone) ?? new Intl.DateTimeFormat('en-US', { timeZone: timezone });
  formats.set(timezone, format);
  const [month = 0, day = 0, year = 0] = format.format(at).split('/').map(Number);
  return Date.UTC(year, month - 1, day);
}

const QUARTER = 15 * MINUTE;
const clocks = new Map<string, string>();

/** What a clock on the wall shows, as `2024-11-20 10:20`; only asked for at quarters of hours, at which clocks change. */
function localClock(timezone: string, at: number): string {
  const name = `${timezone} ${at}`;
  const shown = clocks.get(name) ?? new Date(at).toLocaleString('sv-SE', { timeZone: timezone }).slice(0, 16);
  clocks.set(name, shown);
  return shown;
}

/** Whether a clock on the wall shows other minutes than that of UTC at some time. */
function isOffTheHour(timezone: string, from: number, end: number): boolean {
  const days = Array.from({ length: Math.ceil((end - from) / DAY) }, (_, day) => from + day * DAY);
  return [...days, end - 1]
    .map((at) => floor(at, QUARTER))
    .some((at) => localClock(timezone, at).slice(14) !== new Date(at).toISOString().slice(14, 16));
}

/** The starts of a zone's hours: its clock shows a full hour, or another hour than before since it was set forward. */
function hourStarts(timezone: string, from: number, end: number): number[] {
  const isStart = (at: number): boolean => {
    const [before, now] = [localClock(timezone, at - QUARTER), localClock(timezone, at)];
    return now.endsWith(':00') || now.slice(0, 13) > before.slice(0, 13);
  };
  const starts: number[] = [];
  let first = floor(from, QUARTER);
  while (!isStart(first)) first -= QUARTER;
  for (let at = first; at < end; at += QUARTER) if (isStart(at)) starts.push(at);
  return starts;
}

const firstInstants = new Map<string, number>();

/** The first minute at which the calendar shows a date or a later one: dates never go back in the years that are tested. */
function firstInstantOf(timezone: string, date: number): number {
  const name = `${timezone} ${date}`;
  let [before, after] = [date - 16 * HOUR, date + 16 * HOUR];
  while (!firstInstants.has(name) && after - before > MINUTE) {
    const middle = floor((before + after) / 2, MINUTE);
    if (localDate(timezone, middle) >= date) after = middle;
    else before = middle;
  }
  const first = firstInstants.get(name) ?? after;
  firstInstants.set(name, first);
  return first;
}

/**
 * The period that a window is compared with; null for `all`, and where whole days before it begin with rows that are gone.
 * Its figures are those of the events in it, to the millisecond.
 */
export function oraclePrevious(
  query: OracleQuery,
  { from, to, end }: { from: number; to: number; end: number },
): { from: number; to: number } | null {
  const { now, timeframe, timezone } = query;
  if (timeframe === 'all') return null;
  const minutes = now - (isDetailed({ ...query, groupBy: [] }) ? RAW : MINUTES);
  const isTold = (at: number): boolean => at % DAY === 0 || at >= (at % HOUR === 0 ? now - HOURS : minutes);
  const onCalendar = timeframe === undefined ? calendarStart(query, from, to === end ? to : null) : null;
  if (onCalendar !== null && !isTold(onCalendar)) return null;
  const longAgo = from - (to - from);
  const day = firstInstantOf(timezone, localDate(timezone, longAgo));
  const steps = [MINUTE, HOUR, DAY].map((step) => floor(longAgo, step));
  const candidates = timeframe === '1y' ? [day, floor(longAgo, DAY)] : steps.slice(edgeOf(query));
  const start = onCalendar ?? candidates.find(isTold) ?? NaN;
  if (onCalendar !== null && to === end) return { from: start, to: from };
  const [firstDate, lastDate] = [localDate(timezone, from), localDate(timezone, to)];
  const sameTime =
    firstInstantOf(timezone, localDate(timezone, start) + lastDate - firstDate) +
    to -
    firstInstantOf(timezone, lastDate);
  const last = Math.min(onCalendar === null ? start + to - from : sameTime, from);
  const hour = Math.max(start, floor(last, HOUR));
  const step = hour >= minutes ? MINUTE : floor(last, DAY) >= now - HOURS ? HOUR : DAY;
  const isExact = hour >= minutes && floor(last, MINUTE) >= now - RAW;
  return { from: start, to: isExact ? last : Math.min(from, floor(last + step / 2, step)) };
}

/** How many steps a window's edges are coarser than minutes. */
function edgeOf({ timeframe, from: asked = NaN, now }: OracleQuery): number {
  if (timeframe === '1h' || timeframe === '24h') return 0;
  if (timeframe !== undefined) return 1;
  return floor(asked, MINUTE) >= now - RAW ? 0 : floor(asked, HOUR) >= now - HOURS ? 1 : 2;
}

/** Where as many dates, or calendar months, before a window of whole ones begin; those of a window that runs end with the running one. */
function calendarStart({ now, timezone, to: asked }: OracleQuery, from: number, closed: number | null): number | null {
  const date = localDate(timezone, from);
  if (firstInstantOf(timezone, date) !== from) return null;
  const today = localDate(timezone, now);
  const nextMonth = nextDate('month', firstDate('month', 'monday', today));
  const isMonthAsked = asked !== undefined && asked === firstInstantOf(timezone, nextMonth);
  const last = closed === null ? today + DAY : localDate(timezone, closed);
  if (closed !== null && firstInstantOf(timezone, last) !== closed) return null;
  const lastMonth = closed === null && isMonthAsked ? nextMonth : last;
  const [first, end] = [new Date(date), new Date(lastMonth)];
  const months = 12 * (end.getUTCFullYear() - first.getUTCFullYear()) + end.getUTCMonth() - first.getUTCMonth();
  const isMonths = first.getUTCDate() === 1 && end.getUTCDate() === 1 && (closed !== null || isMonthAsked);
  const before = isMonths ? Date.UTC(first.getUTCFullYear(), first.getUTCMonth() - months, 1) : date - (last - date);
  return firstInstantOf(timezone, before);
}

export function oracleTraffic(events: OracleEvent[]) {
  const isTimed = ({ statusCode }: OracleEvent): boolean => statusCode !== 101 && statusCode !== 429;
  const timed = events.filter(isTimed).map((event) => event.latencyMs);
  const failed = events.filter((event) => event.statusCode >= 400);
  const sorted = [...timed].sort((a, b) => a - b);
  return {
    requests: events.length,
    failed: failed.length,
    throttled: events.filter((event) => event.statusCode === 429).length,
    bytes: events.reduce((sum, event) => sum + event.requestBytes + event.responseBytes, 0),
    average: timed.length === 0 ? null : timed.reduce((sum, value) => sum + value, 0) / timed.length,
    peak: timed.length === 0 ? null : Math.max(...timed),
    /** Nearest rank: the smallest value that at least q of all values do not exceed. */
    percentile: (q: number): number | null => sorted[Math.ceil(q * sorted.length) - 1] ?? null,
  };
}

export function groupBy<T, K>(items: T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Requests in the fullest minute or hour of the zone's clock. */
export function oraclePeak(events: OracleEvent[], unit: 'minute' | 'hour', timezone: string): number {
  const startOf = ({ timestamp }: OracleEvent): number =>
    unit === 'minute' ? floor(timestamp, MINUTE) : (hourStarts(timezone, timestamp, timestamp + 1)[0] ?? NaN);
  return Math.max(0, ...[...groupBy(events, startOf).values()].map((group) => group.length));
}

/** The bytes of a text decide its place. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The groups with a series of their own, most requests first and ties by their values, and all others as the last. */
export function oracleGroups(
  events: OracleEvent[],
  valuesOf: (event: OracleEvent) => string[],
  limit: number,
): { values: string[] | null; events: OracleEvent[] }[] {
  const groups = [...groupBy(events, (event) => valuesOf(event).join('\n')).values()].map((group) => ({
    values: group.slice(0, 1).flatMap(valuesOf),
    events: group,
  }));
  const byValues = (a: string[], b: string[]): number =>
    a.map((value, index) => byBytes(value, b[index] ?? '')).find((order) => order !== 0) ?? 0;
  groups.sort((a, b) => b.events.length - a.events.length || byValues(a.values, b.values));
  const others = groups.slice(limit).flatMap((group) => group.events);
  return [...groups.slice(0, limit), ...(others.length > 0 ? [{ values: null, events: others }] : [])];
}
