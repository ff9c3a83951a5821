import { refusalOf } from '../../../../../../test/support/refusal';
import { UsageQueryDto } from './usage-query.dto';

describe('a query of GET /usage', () => {
  it.each([
    [{ from: '1970-01-01' }, 'from should be 2000-01-01T00:00:00.000Z or after, but is "1970-01-01".'],
    [{ from: '1999-12-31T23:59:59Z' }, /^from should be 2000-01-01T00:00:00.000Z or after/],
    [{ to: '0001-01-01' }, /^to should be 2000-01-01T00:00:00.000Z or after/],
    [{ to: '9999-12-31T23:59:59.999Z' }, /^to should be before 2100-01-01T00:00:00.000Z/],
    [{ from: 'yesterday' }, /^from should be a date such as 2026-03-01, or an ISO 8601 time/],
    [{ from: '2026-02-30' }, /^from should be a date such as 2026-03-01, or an ISO 8601 time/],
    [{ from: '2026-02-01T00:00:00' }, /^from should be a date such as 2026-03-01, or an ISO 8601 time/],
    [{ from: '10000-01-01' }, /^from should be a date such as 2026-03-01, or an ISO 8601 time/],
    [{ limit: '1001' }, 'limit should be a whole number from 1 to 1000, but is "1001".'],
    [{ offset: '9007199254740993' }, /^offset should be a whole number from 0 to 9007199254740991/],
    [{ statusCode: '600' }, /^statusCode should be status codes from 100 to 599/],
  ])('%j says what is out of range, and what is malformed', async (query, message) => {
    expect(await refusalOf(UsageQueryDto, 'query', query)).toMatch(message);
  });

  it.each<Record<string, string>>([
    { from: '2000-01-01' },
    { from: '2026-01-01', to: '2099-12-31T23:59:59.999Z' },
    { offset: '9007199254740991' },
  ])('%j is taken', async (query) => {
    expect(await refusalOf(UsageQueryDto, 'query', query)).toBeNull();
  });
});
