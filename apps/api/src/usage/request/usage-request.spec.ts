import { ApiException } from '../../http/api-exception';
import { UsageQueryDto } from './dto/usage-query.dto';
import { WindowQueryDto } from './dto/window-query.dto';
import { NO_FILTERS } from './filters';
import { filtersOf, groupColumnsOf, groupLimitOf, windowRequestOf } from './usage-request';

const queryOf = (given: Partial<WindowQueryDto>): WindowQueryDto => Object.assign(new WindowQueryDto(), given);
const at = (text: string): number => Date.parse(text);

function refusalOf(attempt: () => unknown): ApiException {
  try {
    attempt();
  } catch (error) {
    if (error instanceof ApiException) return error;
    throw error;
  }
  throw new Error('The query should be refused.');
}

describe('filtersOf', () => {
  it('lets everything through when nothing is asked for', () => {
    expect(filtersOf(queryOf({}))).toEqual(NO_FILTERS);
  });

  it('expands the classes of status codes, and writes methods as events do', () => {
    const query = queryOf({
      keyId: ['k1', 'k2'],
      endpoint: ['/v1/Orders, all'],
      method: ['get', 'Post'],
      statusCode: ['404', '5xx', '200', '3XX'],
      errorType: ['Not_Found'],
    });
    expect(filtersOf(query)).toEqual({
      keyIds: ['k1', 'k2'],
      endpoints: ['/v1/Orders,%20all'],
      methods: ['GET', 'POST'],
      statusCodes: [404, 200],
      statusClasses: [5, 3],
      errorTypes: ['Not_Found'],
    });
  });
});

describe('the endpoints of filtersOf', () => {
  it.each([
    ['/v1/orders/42', '/v1/orders/{id}'],
    ['/v1/orders/{id}/', '/v1/orders/{id}'],
    ['/v1/orders/:id', '/v1/orders/{id}'],
    ['https://api.example.com/v1/orders/42?page=2', '/v1/orders/{id}'],
    ['/v1/orders/{orderId}', '/v1/orders/{orderId}'],
    ['/caf%c3%a9', '/café'],
    ['{other}', '{other}'],
  ])('are named as those of events are: %s', (asked, name) => {
    expect(filtersOf(queryOf({ endpoint: [asked] })).endpoints).toEqual([name]);
  });

  it('are asked for once each', () => {
    const endpoint = ['/v1/orders/42', '/v1/orders/43', '/v1/orders', '/v1/orders/:id'];
    expect(filtersOf(queryOf({ endpoint })).endpoints).toEqual(['/v1/orders/{id}', '/v1/orders']);
  });
});

describe('windowRequestOf', () => {
  it('asks for the last day by hours of UTC when nothing is asked for', () => {
    expect(windowRequestOf(queryOf({}))).toEqual({
      timeframe: '24h',
      from: null,
      to: null,
      granularity: 'hour',
      calendar: { timezone: 'UTC', weekStart: 'monday' },
      detailed: false,
    });
  });

  it('takes from and to instead of a timeframe, dates by the time zone', () => {
    const query = queryOf({
      from: '2026-03-29',
      to: '2026-03-30T12:00:00+02:00',
      timezone: 'Europe/Berlin',
      weekStart: 'sunday',
      granularity: 'week',
    });
    expect(windowRequestOf(query)).toEqual({
      timeframe: null,
      from: at('2026-03-28T23:00:00Z'),
      to: at('2026-03-30T10:00:00Z'),
      granularity: 'week',
      calendar: { timezone: 'Europe/Berlin', weekStart: 'sunday' },
      detailed: false,
    });
    // A day of 23 hours, and one that begins at 18:15 UTC.
    expect(windowRequestOf(queryOf({ ...query, to: '2026-03-30' })).to).toBe(at('2026-03-29T22:00:00Z'));
    expect(windowRequestOf(queryOf({ from: '2026-03-29', timezone: 'Asia/Kathmandu' }))).toMatchObject({
      timeframe: null,
      from: at('2026-03-28T18:15:00Z'),
      to: null,
    });
  });

  it.each<[Partial<WindowQueryDto>, boolean]>([
    [{ keyId: ['k1'] }, false],
    [{ groupBy: ['key', 'account'] }, false],
    [{ groupBy: ['key', 'method'] }, true],
    [{ groupBy: ['endpoint'] }, true],
    [{ groupBy: ['statusCode'] }, true],
    [{ endpoint: ['/'] }, true],
    [{ method: ['GET'] }, true],
    [{ statusCode: ['404'] }, true],
    [{ statusCode: ['4xx'] }, true],
    [{ errorType: ['not_found'] }, true],
  ])('says of %j whether it filters or groups by more than keys: %s', (given, detailed) => {
    expect(windowRequestOf(queryOf(given)).detailed).toBe(detailed);
  });

  it.each<[Partial<WindowQueryDto>, string]>([
    [{ timeframe: '24h', from: '2026-03-01' }, 'timeframe'],
    [{ timeframe: '24h', to: '2026-03-01' }, 'timeframe'],
    [{ to: '2026-03-01' }, 'from'],
  ])('refuses %j and names %s', (given, field) => {
    const refusal = refusalOf(() => windowRequestOf(queryOf(given)));
    expect(refusal.code).toBe('INVALID_PARAMETERS');
    expect(refusal.details).toMatchObject([{ field }]);
  });
});

describe('groupColumnsOf', () => {
  it('keeps the order of the dimensions', () => {
    expect(groupColumnsOf(queryOf({}), 'acme')).toEqual([]);
    expect(groupColumnsOf(queryOf({ groupBy: ['statusCode', 'endpoint'] }), 'acme')).toEqual([
      'status_code',
      'endpoint',
    ]);
    expect(groupColumnsOf(queryOf({ groupBy: ['key', 'method'] }), 'acme')).toEqual(['key_id', 'method']);
    expect(groupColumnsOf(queryOf({ groupBy: ['account'] }), null)).toEqual(['account_id']);
  });

  it.each<[Partial<WindowQueryDto>, string | null]>([
    [{ groupBy: ['key', 'method', 'endpoint'] }, 'acme'],
    [{ groupBy: ['key', 'key'] }, 'acme'],
    [{ groupBy: ['account'] }, 'acme'],
    [{ groupBy: ['key', 'account'] }, 'acme'],
  ])('refuses %j', (given, scope) => {
    const refusal = refusalOf(() => groupColumnsOf(queryOf(given), scope));
    expect(refusal.code).toBe('INVALID_PARAMETERS');
    expect(refusal.details).toMatchObject([{ field: 'groupBy' }]);
  });
});

describe('groupLimitOf', () => {
  const usageQueryOf = (given: Partial<UsageQueryDto>): UsageQueryDto => Object.assign(new UsageQueryDto(), given);

  it('is ten where there are groups and nothing else is asked for', () => {
    expect(groupLimitOf(usageQueryOf({ groupBy: ['key'] }))).toBe(10);
    expect(groupLimitOf(usageQueryOf({ groupBy: ['key'], groupLimit: 3 }))).toBe(3);
    expect(() => groupLimitOf(usageQueryOf({}))).not.toThrow();
  });

  it('is refused where there are no groups', () => {
    const refusal = refusalOf(() => groupLimitOf(usageQueryOf({ groupLimit: 3 })));
    expect(refusal.code).toBe('INVALID_PARAMETERS');
    expect(refusal.message).toMatch(/^groupLimit needs groupBy/);
    expect(refusal.details).toMatchObject([{ field: 'groupLimit' }]);
  });
});
