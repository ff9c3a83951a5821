import fc from 'fast-check';
import { endpointName } from './endpoint-names';
import { normaliseEndpoint } from './normalise-endpoint';

it('answers as normaliseEndpoint, the first time, again, and after it has forgotten', () => {
  const endpoints = Array.from({ length: 20_000 }, (_, index) => `/users/${index}/orders-${index % 7}?page=${index}`);
  const long = `/${'a'.repeat(300)}/7`;
  for (const endpoint of [...endpoints, ...endpoints.slice(0, 100), '/', '', long, long]) {
    expect(endpointName(endpoint)).toBe(normaliseEndpoint(endpoint));
  }
});

it('answers as normaliseEndpoint for whatever stands beside an id', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'v1',
      'users',
      '.',
      '..',
      '',
      '2026',
      '2026-11-27',
      '{id}',
      ':id',
      'a.json',
      '404',
      '%C3%A9',
      'é',
      ' ',
    ),
    fc.constantFrom(';id=1', '(7)', '@2x.png', '?q=1/2', '#3', '2001:db8::1', '12.99', '1,2', 'deadbeefdeadbeef', '*'),
    fc.integer({ min: 0 }).map(String),
    fc.uuid(),
    fc.uuid().map((id) => id.replaceAll('-', '').toUpperCase()),
    fc.stringMatching(/^[\w.~-]{0,20}$/),
  );
  const path = fc.array(fc.tuple(fc.constantFrom('/', '/', '/', '-', ''), piece), { maxLength: 6 });
  fc.assert(
    fc.property(path, (pieces) => {
      const endpoint = pieces.flat().join('');
      expect(endpointName(endpoint)).toBe(normaliseEndpoint(endpoint));
    }),
    { numRuns: 2_000 },
  );
});
