/** What the screen shows, and the address that says so: the names of `GET /usage`, so that a link is the whole state. */

export const TIMEFRAMES = ['1h', '24h', '7d', '30d', '90d', '1y', 'all'] as const;
export const GRANULARITIES = ['minute', 'hour', 'day', 'week', 'month'] as const;
export const METRICS = ['requests', 'errorRate', 'p95', 'throttled', 'bytes'] as const;
/** What the period is compared with: the one before, or the same weekdays of the weeks before. */
export const COMPARES = ['previous', 'weekday'] as const;
/** The lines of the latency over time; the first three are shown where none is chosen. */
export const LATENCY_LINES = ['p50', 'p95', 'p99', 'average', 'peak'] as const;
/** How far forecasts go beside the usual 30 days. */
export const HORIZONS = ['7d', '90d'] as const;
/** Limits that can be tried on the past, by the names of `GET /usage/tiers`. */
export const TRIED_LIMITS = ['requestsPerMinute', 'requestsPerHour', 'requestsPerDay'] as const;
export const FILTERS = ['endpoint', 'keyId', 'method', 'statusCode', 'errorType'] as const;

export type Timeframe = (typeof TIMEFRAMES)[number];
export type Granularity = (typeof GRANULARITIES)[number];
export type Metric = (typeof METRICS)[number];
export type Compare = (typeof COMPARES)[number];
export type LatencyLine = (typeof LATENCY_LINES)[number];
export type Horizon = (typeof HORIZONS)[number];
export interface TriedLimit {
  readonly name: (typeof TRIED_LIMITS)[number];
  readonly requests: number;
}
export type Filter = (typeof FILTERS)[number];
/** Screens about one thing, which is a filter: `/app/endpoint?endpoint=…`. */
export const SUBJECTS = { endpoint: 'endpoint', key: 'keyId', error: 'errorType' } as const satisfies Record<
  string,
  Filter
>;
export type SubjectScreen = keyof typeof SUBJECTS;

export type Filters = Readonly<Record<Filter, readonly string[]>>;

/** A timeframe that ends now, or `[from, to)`: instants, or dates of the view's zone; without `to` it ends now. */
export type Period = { readonly timeframe: Timeframe } | { readonly from: string; readonly to?: string };

/** What a screen with a list shows of it, by the names of the service's lists; left out: as the screen has it at first. */
export interface List {
  readonly search?: string;
  readonly status?: string;
  readonly sort?: string;
  readonly order?: 'asc' | 'desc';
  readonly offset?: number;
}

export interface View {
  /** The path below `/app/`; empty for the overview. */
  readonly screen: string;
  /** Admins only: whose usage. */
  readonly account?: string;
  readonly period: Period;
  /** Left out: what suits the period. */
  readonly granularity?: Granularity;
  /** Left out: the zone of the browser or of the settings. */
  readonly timezone?: string;
  /** What is drawn, too, and what changes are against; left out: nothing is drawn, and changes are against the period before. */
  readonly compare?: Compare;
  /** What the chart shows. */
  readonly metric: Metric;
  /** Whether charts of latency have a logarithmic scale. */
  readonly log: boolean;
  /** Which lines the latency over time has. */
  readonly lines: readonly LatencyLine[];
  readonly filters: Filters;
  readonly list: List;
  /** The id of what is open of a screen's list, or `new`: see ITEMS. */
  readonly item?: string;
  /** Of `/embed/…`: the screen in a frame of another page, and the theme that this page asks for. */
  readonly embed?: { readonly theme?: EmbedTheme };
  /** Of the screen `sql` alone: the statement. */
  readonly sql?: string;
  /** Of the screen `cost` alone: the billing period, as `GET /usage/cost` names it; left out: the running one. */
  readonly billing?: string;
  /** Of the screen `cost` alone: the plan to compare with. */
  readonly planId?: string;
  /** Of the screen `capacity` alone: how far its forecast goes; left out: 30 days. */
  readonly horizon?: Horizon;
  /** Of the screen `capacity` alone: a limit that is tried beside those of the tiers. */
  readonly tried?: TriedLimit;
}

/** Screens with a list of which one thing can be opened, and the name that the address has for it. */
export const ITEMS: Readonly<Record<string, string>> = {
  alerts: 'alert',
  'alerts/rules': 'rule',
  'alerts/channels': 'channel',
  plans: 'plan',
};

export const NO_FILTERS: Filters = { endpoint: [], keyId: [], method: [], statusCode: [], errorType: [] };
export const DEFAULT_LINES: readonly LatencyLine[] = ['p50', 'p95', 'p99'];
export const DEFAULT_PERIOD: Period = { timeframe: '24h' };
export const EMBED_THEMES = ['light', 'dark'] as const;
export type EmbedTheme = (typeof EMBED_THEMES)[number];

/** Whether an address is one for a frame of another page. */
export function isEmbedded(pathname: string): boolean {
  return /^\/embed(\/|$)/.test(pathname);
}

/**
 * Reads a view from an address. What it does not know falls back to the default, for a link may be older than the page.
 * @example parseView('/app/errors', '?timeframe=7d&statusCode=5xx').filters.statusCode // ['5xx']
 */
export function parseView(pathname: string, search: string): View {
  const query = new URLSearchParams(search);
  const account = query.get('account');
  const granularity = oneOf(GRANULARITIES, query.get('granularity'));
  const timezone = query.get('timezone');
  const screen = pathname.replace(/^\/(app|embed)(\/|$)/, '').replace(/\/$/, '');
  const compare = oneOf(COMPARES, query.get('compare'));
  const theme = oneOf(EMBED_THEMES, query.get('theme'));
  const sql = query.get('sql');
  const item = query.get(ITEMS[screen] ?? '');
  const horizon = oneOf(HORIZONS, query.get('horizon'));
  return {
    screen,
    ...(account ? { account } : {}),
    period: parsePeriod(query),
    ...(granularity ? { granularity } : {}),
    ...(timezone && isZone(timezone) ? { timezone } : {}),
    ...(compare ? { compare } : {}),
    metric: oneOf(METRICS, query.get('metric')) ?? 'requests',
    log: query.get('scale') === 'log',
    lines: parseLines(query.get('lines')),
    filters: parseFilters(query),
    list: parseList(query),
    ...(item ? { item } : {}),
    ...(isEmbedded(pathname) ? { embed: theme ? { theme } : {} } : {}),
    ...(sql && screen === 'sql' ? { sql } : {}),
    ...(screen === 'cost' ? parseBilling(query) : {}),
    ...(screen === 'capacity' && horizon ? { horizon } : {}),
    ...(screen === 'capacity' ? parseTried(query) : {}),
  };
}

/** The address of a view, without what is default. `parseView` of it gives the same view. */
export function formatView(view: View): string {
  const query = new URLSearchParams();
  if (view.account) query.set('account', view.account);
  if (!('timeframe' in view.period)) {
    query.set('from', view.period.from);
    if (view.period.to) query.set('to', view.period.to);
  } else if (view.period.timeframe !== '24h') {
    query.set('timeframe', view.period.timeframe);
  }
  if (view.granularity) query.set('granularity', view.granularity);
  if (view.timezone) query.set('timezone', view.timezone);
  if (view.compare) query.set('compare', view.compare);
  if (view.metric !== 'requests') query.set('metric', view.metric);
  if (view.log) query.set('scale', 'log');
  if (view.lines.join() !== DEFAULT_LINES.join()) query.set('lines', view.lines.join());
  for (const filter of FILTERS) for (const value of view.filters[filter]) query.append(filter, value);
  for (const [name, value] of Object.entries(view.list)) if (value) query.set(name, String(value));
  const itemName = ITEMS[view.screen];
  if (view.item && itemName) query.set(itemName, view.item);
  if (view.sql && view.screen === 'sql') query.set('sql', view.sql);
  if (view.billing && view.screen === 'cost') query.set('period', view.billing);
  if (view.horizon && view.screen === 'capacity') query.set('horizon', view.horizon);
  if (view.tried && view.screen === 'capacity') query.set(view.tried.name, String(view.tried.requests));
  if (view.planId && view.screen === 'cost') query.set('planId', view.planId);
  if (view.embed?.theme) query.set('theme', view.embed.theme);
  const search = query.toString();
  return (view.embed ? '/embed' : '/app') + (view.screen && `/${view.screen}`) + (search && `?${search}`);
}

/** Without filters, but about the same. */
export function withoutFilters(view: View): View {
  const subject = subjectOf(view);
  return { ...view, filters: subject ? { ...NO_FILTERS, [subject]: view.filters[subject] } : NO_FILTERS };
}

/** Another screen, of the same account, period and filters. */
export function onScreen({ item: _, ...view }: View, screen: string): View {
  return { ...view, screen, list: {} };
}

/** What the screen is about; undefined where it is about all. */
export function subjectOf({ screen }: View): Filter | undefined {
  return Object.entries(SUBJECTS).find(([name]) => name === screen)?.[1];
}

/** The page of one thing, in the same period and with the other filters; undefined where such things have none. */
export function pageOf(view: View, filter: Filter, value: string): View | undefined {
  const screen = Object.entries(SUBJECTS).find(([, subject]) => subject === filter)?.[0];
  return screen === undefined
    ? undefined
    : { ...onScreen(view, screen), filters: { ...view.filters, [filter]: [value] } };
}

/** One thing of a screen's list; its place in the list stays, for the way back. */
export function withItem({ item: _, ...view }: View, item: string | null): View {
  return item === null ? view : { ...view, item };
}

/** The view with a value of a filter added, or taken away where it is there. */
export function toggleFilter(view: View, filter: Filter, value: string): View {
  const values = view.filters[filter];
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  return { ...view, filters: { ...view.filters, [filter]: next } };
}

/** The view with a line of the latency drawn, or not where it was; one always is. */
export function toggleLine(view: View, line: LatencyLine): View {
  const lines = LATENCY_LINES.filter((name) => view.lines.includes(name) !== (name === line));
  return lines.length > 0 ? { ...view, lines } : view;
}

/** The view compared with the next of: nothing, the period before, the same weekdays. */
export function nextCompare(view: View): View {
  return compared(view, COMPARES[view.compare === undefined ? 0 : COMPARES.indexOf(view.compare) + 1]);
}

export function compared({ compare: _, ...view }: View, compare: Compare | undefined): View {
  return compare === undefined ? view : { ...view, compare };
}

/** Whether more events can come into the period. */
export function endsNow(period: Period, now: number): boolean {
  return 'timeframe' in period || period.to === undefined || Date.parse(period.to) > now;
}

/** Whether anything narrows the view, beside what its screen is about. */
export function hasFilters(view: View): boolean {
  const subject = subjectOf(view);
  return FILTERS.some((filter) => filter !== subject && view.filters[filter].length > 0);
}

function parsePeriod(query: URLSearchParams): Period {
  const from = query.get('from');
  const to = query.get('to');
  if (from && isInstant(from)) return to && isInstant(to) ? { from, to } : { from };
  const timeframe = oneOf(TIMEFRAMES, query.get('timeframe'));
  return timeframe ? { timeframe } : DEFAULT_PERIOD;
}

/** As `GET /usage` reads them: repeated, or separated by commas but for endpoints, whose names may hold them. */
function parseFilters(query: URLSearchParams): Filters {
  const values = (filter: Filter): string[] => {
    const all = query.getAll(filter).flatMap((value) => (filter === 'endpoint' ? [value] : value.split(',')));
    return [...new Set(all.filter((value) => value !== ''))];
  };
  return {
    endpoint: values('endpoint'),
    keyId: values('keyId'),
    method: values('method'),
    statusCode: values('statusCode'),
    errorType: values('errorType'),
  };
}

function parseBilling(query: URLSearchParams): Pick<View, 'billing' | 'planId'> {
  const [billing, planId] = [query.get('period'), query.get('planId')];
  return {
    ...(billing && /^(previous|20\d\d-(0[1-9]|1[0-2]))$/.test(billing) ? { billing } : {}),
    ...(planId && /^\w{1,64}$/.test(planId) ? { planId } : {}),
  };
}

function parseTried(query: URLSearchParams): Pick<View, 'tried'> {
  const name = TRIED_LIMITS.find((known) => query.has(known));
  const requests = Number(name && query.get(name));
  return name && Number.isSafeInteger(requests) && requests > 0 ? { tried: { name, requests } } : {};
}

/** In the order in which they are drawn. */
function parseLines(text: string | null): readonly LatencyLine[] {
  const names = text?.split(',') ?? [];
  const lines = LATENCY_LINES.filter((line) => names.includes(line));
  return lines.length > 0 ? lines : DEFAULT_LINES;
}

function parseList(query: URLSearchParams): List {
  const [search, status, sort] = [query.get('search'), query.get('status'), query.get('sort')];
  const order = oneOf(['asc', 'desc'] as const, query.get('order'));
  const offset = Number(query.get('offset'));
  return {
    ...(search ? { search } : {}),
    ...(status ? { status } : {}),
    ...(sort ? { sort } : {}),
    ...(order ? { order } : {}),
    ...(Number.isSafeInteger(offset) && offset > 0 ? { offset } : {}),
  };
}

function oneOf<T extends string>(list: readonly T[], value: string | null): T | undefined {
  return list.find((known) => known === value);
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\d(T.+)?$/.test(text) && !Number.isNaN(Date.parse(text));
}

export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
