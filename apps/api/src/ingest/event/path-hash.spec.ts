import { pathHash } from './path-hash';

it('is the same for the same path, whatever its query', () => {
  const hash = pathHash('/v1/orders/42');
  expect(pathHash('/v1/orders/42?page=2')).toEqual(hash);
  expect(pathHash('/v1/orders/42#top')).toEqual(hash);
});

it('is another for another path', () => {
  const hashes = new Set<string>();
  for (let id = 0; id < 100_000; id++) {
    const { high, low } = pathHash(`/v1/orders/${id}`);
    hashes.add(`${high}-${low}`);
    expect(high).toBeLessThanOrEqual(0xffffffff);
  }
  expect(hashes.size).toBe(100_000);
});
