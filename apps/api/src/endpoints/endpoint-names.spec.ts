import { endpointName } from './endpoint-names';
import { normaliseEndpoint } from './normalise-endpoint';

it('answers as normaliseEndpoint, the first time, again, and after it has forgotten', () => {
  const endpoints = Array.from({ length: 20_000 }, (_, index) => `/users/${index}/orders-${index % 7}?page=${index}`);
  const long = `/${'a'.repeat(300)}/7`;
  for (const endpoint of [...endpoints, ...endpoints.slice(0, 100), '/', '', long, long]) {
    expect(endpointName(endpoint)).toBe(normaliseEndpoint(endpoint));
  }
});
