import { preferred } from './negotiation';

describe('preferred', () => {
  it.each([
    ['', null],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip, zstd', 'zstd'],
    ['gzip;q=1, zstd;q=0.9', 'gzip'],
    ['gzip ; q=0.5 , zstd; q=.4', 'gzip'],
    ['gzip;q=0', null],
    ['gzip;q=0, *', 'zstd'],
    ['*;q=0.1, identity;q=0.5', 'identity'],
    ['*;q=0', null],
    ['br', null],
    ['gzip;q=abc', 'gzip'],
    ['gzip;q=7', 'gzip'],
    [',,;q=', null],
  ])('of "%s" is %s', (header, best) => {
    expect(preferred(header, ['zstd', 'gzip', 'identity'])).toBe(best);
  });

  it.each([
    ['text/*;q=0.5, application/json', 'text/csv'],
    ['application/*', 'application/x-ndjson'],
    ['*/*;q=0.1, application/x-ndjson;q=0.2', 'application/x-ndjson'],
    ['text/csv;q=0, */*', 'application/x-ndjson'],
    ['text/csv; header=present', 'text/csv'],
    ['text/html', null],
  ])('of the types "%s" is %s', (header, best) => {
    expect(preferred(header, ['text/csv', 'application/x-ndjson'])).toBe(best);
  });
});
