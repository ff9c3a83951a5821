import fc from 'fast-check';
import type { PointDto } from './dto/usage-totals.dto';
import { SeriesJson } from './series-json';

const aPoint = (index: number): PointDto => ({
  timestamp: new Date(index * 60_000).toISOString(),
  requests: index,
  successfulRequests: index,
  failedRequests: 0,
  throttledRequests: 0,
  dataTransferred: 7,
});

describe('SeriesJson', () => {
  it('writes what JSON.stringify does, whatever it wrote before', () => {
    const json = new SeriesJson();
    const pool = Array.from({ length: 2_000 }, (_, index) => aPoint(index));
    fc.assert(
      fc.property(fc.nat(100), fc.nat(1_800), fc.array(fc.nat(1_999), { maxLength: 3 }), (from, length, changed) => {
        const points = pool.slice(from, from + length);
        for (const index of changed) if (index < points.length) points[index] = aPoint(index + 5);
        expect(json.write(points).json).toBe(JSON.stringify(points));
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same digest for the same points alone', () => {
    const points = Array.from({ length: 1_000 }, (_, index) => aPoint(index));
    const { digest } = new SeriesJson().write(points);
    expect(new SeriesJson().write(points.map((point) => ({ ...point }))).digest).toBe(digest);
    expect(new SeriesJson().write([...points.slice(0, 999), aPoint(1_000)]).digest).not.toBe(digest);
    expect(new SeriesJson().write([aPoint(1), ...points.slice(1)]).digest).not.toBe(digest);
    expect(new SeriesJson().write(points.slice(0, 512)).digest).not.toBe(digest);
  });
});
