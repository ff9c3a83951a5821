/** Snapshots of every statement shape, so that a reviewer reads the SQL that runs. */
import { DAY, GRANULARITIES, RESOLUTIONS } from '@meterhouse/common';
import { ENDPOINT_SORTS, type Read } from './figures';
import { factsQuery, figuresQuery, latencyQuery } from './usage.sql';

const NOW = Date.parse('2026-03-31T10:20:30.400Z');
const read: Read = {
  scope: 'acme',
  keyId: 'key_1',
  from: NOW - DAY,
  to: NOW,
  resolution: 'minute',
  granularity: 'hour',
};

describe('the statements of GET /usage', () => {
  it('are these for one key', () => {
    expect(figuresQuery(read, 'requests', 'desc').sql).toMatchSnapshot('figures');
    expect(latencyQuery(read).sql).toMatchSnapshot('latency');
    expect(factsQuery(read, NOW, NOW - 2 * DAY).sql).toMatchSnapshot('facts');
  });

  it('read all accounts for an admin who names none', () => {
    const all = figuresQuery({ ...read, scope: null, keyId: null }, 'latency', 'asc');
    expect(all.sql).toMatchSnapshot('figures of all accounts');
    expect(all.parameters).toEqual({ from: (NOW - DAY) / 1_000, to: NOW / 1_000 });
  });

  it('hold no text that a client sent, and never read raw events', () => {
    const hostile = { ...read, scope: "x'; DROP TABLE events --", keyId: '{from:UInt32}' };
    for (const resolution of RESOLUTIONS) {
      for (const granularity of GRANULARITIES) {
        for (const sort of ENDPOINT_SORTS) {
          const given = { ...hostile, resolution, granularity };
          const queries = [figuresQuery(given, sort, 'asc'), latencyQuery(given), factsQuery(given, NOW, NOW - DAY)];
          for (const { sql } of queries) {
            expect(sql).not.toContain('DROP');
            expect(sql).not.toMatch(/\bevents\b/);
            expect(sql).toContain('key_id = {key:String}');
          }
        }
      }
    }
  });
});
