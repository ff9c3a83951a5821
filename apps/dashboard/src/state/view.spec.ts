/** The address is the state: whatever a view says comes back from its address, and an odd address opens all the same. */
import fc from 'fast-check';
import {
  COMPARES,
  DEFAULT_LINES,
  GRANULARITIES,
  LATENCY_LINES,
  METRICS,
  type Period,
  TIMEFRAMES,
  type View,
  formatView,
  nextCompare,
  onScreen,
  parseView,
  toggleFilter,
  toggleLine,
  withItem,
} from './view';

const parse = (address: string): View => {
  const { pathname, search } = new URL(address, 'http://localhost');
  return parseView(pathname, search);
};

const date = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const instant = date.map((time) => time.toISOString());
const period: fc.Arbitrary<Period> = fc.oneof(
  fc.constantFrom(...TIMEFRAMES).map((timeframe) => ({ timeframe })),
  fc.record({ from: instant, to: instant }),
  fc.record({ from: instant.map((text) => text.slice(0, 10)) }),
);
const values = (value: fc.Arbitrary<string>): fc.Arbitrary<string[]> => fc.uniqueArray(value, { maxLength: 3 });
const word = fc.stringMatching(/^[\w{}.:-]{1,12}$/);

const view: fc.Arbitrary<View> = fc.record(
  {
    screen: fc.constantFrom('', 'latency', 'errors'),
    account: word,
    period,
    granularity: fc.constantFrom(...GRANULARITIES),
    timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata'),
    compare: fc.constantFrom(...COMPARES),
    metric: fc.constantFrom(...METRICS),
    log: fc.boolean(),
    lines: fc.subarray([...LATENCY_LINES], { minLength: 1 }),
    filters: fc.record({
      endpoint: values(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) => `/${text}`)),
      keyId: values(word),
      method: values(word),
      statusCode: values(fc.constantFrom('200', '404', '5xx')),
      errorType: values(word),
    }),
    list: fc.record(
      {
        search: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
        status: word,
        sort: word,
        order: fc.constantFrom('asc', 'desc'),
        offset: fc.integer({ min: 1, max: 1_000_000_000 }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['screen', 'period', 'metric', 'log', 'lines', 'filters', 'list'] },
);

it('comes back from its address', () => {
  fc.assert(fc.property(view, (shown) => expect(parse(formatView(shown))).toEqual(shown)));
});

it.each<[string, View['embed']]>([
  ['/embed?theme=dark', { theme: 'dark' }],
  ['/embed/latency?timeframe=7d', {}],
  ['/embed?theme=pink', {}],
  ['/app?theme=dark', undefined],
])('%s is embedded as %j', (address, embed) => {
  expect(parse(address).embed).toEqual(embed);
  expect(parse(formatView(parse(address)))).toEqual(parse(address));
});

it.each([
  '/app/cost?period=previous',
  '/app/cost?period=2026-02&planId=pln_1',
  '/app/cost?account=shop&from=2026-02-01',
])('holds the billing period and the plan of the cost screen: %s', (address) =>
  expect(formatView(parse(address))).toBe(address),
);

it.each(['/app/cost?period=2026-13', '/app/cost?period=current', '/app?period=previous&planId=pln_1'])(
  'leaves out what is no billing period, or of another screen: %s',
  (address) => expect(formatView(parse(address))).toBe(address.replace(/\?.*/, '')),
);

it('holds the limit that is tried on the screen of capacity, and on no other', () => {
  const address = '/app/capacity?horizon=7d&requestsPerHour=1200';
  expect(parse(address).tried).toEqual({ name: 'requestsPerHour', requests: 1_200 });
  expect(formatView(parse(address))).toBe(address);
  expect(formatView({ ...parse(address), screen: 'latency' })).toBe('/app/latency');
  expect(parse('/app/capacity?requestsPerHour=0')).toEqual(parse('/app/capacity'));
});

it('holds the statement of the SQL screen, and of no other', () => {
  const query = "SELECT 1, 'a&b=%20'\n-- Grüße";
  const shown: View = { ...parse('/app/sql'), sql: query };
  expect(parse(formatView(shown))).toEqual(shown);
  expect(formatView({ ...shown, screen: 'latency' })).toBe('/app/latency');
});

it('has the shortest address by default', () => {
  expect(formatView(parse('/app'))).toBe('/app');
  expect(formatView(parse('/app/?timeframe=24h&metric=requests'))).toBe('/app');
});

it('has the names of GET /usage', () => {
  const address =
    '/app/errors?timeframe=7d&granularity=hour&timezone=UTC&compare=previous&endpoint=%2Fv1%2Fa&statusCode=5xx';
  expect(parse(address)).toMatchObject({
    screen: 'errors',
    period: { timeframe: '7d' },
    granularity: 'hour',
    timezone: 'UTC',
    compare: 'previous',
    filters: { endpoint: ['/v1/a'], statusCode: ['5xx'] },
  });
  expect(formatView(parse(address))).toBe(address);
});

it('splits values at commas as the service does, but not endpoints', () => {
  expect(parse('/app?statusCode=404,5xx&endpoint=/a,b').filters).toMatchObject({
    statusCode: ['404', '5xx'],
    endpoint: ['/a,b'],
  });
});

it.each([
  '?timeframe=2h',
  '?from=yesterday',
  '?to=2026-01-01',
  '?granularity=second',
  '?timezone=Mars/Base',
  '?metric=x',
  '?compare=x',
  '?scale=x',
  '?lines=p51',
])('falls back to the default for %s', (search) => expect(parse(`/app${search}`)).toEqual(parse('/app')));

it('adds a filter and takes it away', () => {
  const start = parse('/app');
  const filtered = toggleFilter(start, 'statusCode', '5xx');
  expect(filtered.filters.statusCode).toEqual(['5xx']);
  expect(toggleFilter(filtered, 'statusCode', '5xx')).toEqual(start);
});

it('compares with nothing, the period before, the same weekdays, and again with nothing', () => {
  const start = parse('/app');
  const steps = [nextCompare(start), nextCompare(nextCompare(start)), nextCompare(nextCompare(nextCompare(start)))];
  expect(steps.map(({ compare }) => compare)).toEqual(['previous', 'weekday', undefined]);
  expect(steps.at(-1)).toEqual(start);
});

it('draws a line or not, but always one', () => {
  const start = parse('/app/latency');
  expect(start.lines).toEqual(DEFAULT_LINES);
  const one = toggleLine(toggleLine(start, 'p50'), 'p95');
  expect(formatView(one)).toBe('/app/latency?lines=p99');
  expect(toggleLine(one, 'p99')).toEqual(one);
  expect(toggleLine(one, 'average').lines).toEqual(['p99', 'average']);
});

it('has the name of the thing that is open of a list, and leaves it behind with the screen', () => {
  const open = parse('/app/alerts?account=acme&alert=alr_1');
  expect(open.item).toBe('alr_1');
  expect(formatView(open)).toBe('/app/alerts?account=acme&alert=alr_1');
  expect(formatView(withItem(onScreen(open, 'alerts/rules'), 'new'))).toBe('/app/alerts/rules?account=acme&rule=new');
  expect(formatView(withItem(open, null))).toBe('/app/alerts?account=acme');
  expect(parse('/app/latency?alert=alr_1')).toEqual(parse('/app/latency'));
});
