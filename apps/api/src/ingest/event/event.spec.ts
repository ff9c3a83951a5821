import { EventIds } from './event';

const NOW = Date.UTC(2026, 10, 22, 12);

it('makes UUIDs of version 7 that sort by time and order, and none twice in calls of the same millisecond', () => {
  const ids = Array.from({ length: 20 }, () => new EventIds(NOW)).flatMap((call) =>
    Array.from({ length: 10_000 }, () => call.next()),
  );
  expect(new Set(ids).size).toBe(200_000);
  for (const id of ids.slice(0, 1_000)) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(NOW);
  }
  expect(ids.slice(0, 10_000).toSorted()).toEqual(ids.slice(0, 10_000));
  expect(new EventIds(NOW + 1).next() > (ids[0] ?? '')).toBe(true);
});
