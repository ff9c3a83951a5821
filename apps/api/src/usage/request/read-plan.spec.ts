import { DAY, HOUR, MINUTE, RESOLUTIONS, RESOLUTION_MS, type Resolution, type Span } from '@meterhouse/common';
import fc from 'fast-check';
import { type ReadPlan, isWholeDays, readPlanOf } from './read-plan';

const EPOCH = Date.UTC(2026, 0, 1);
const utc = (text: string): number => Date.parse(`${text}Z`);

/** The level from which a minute is read: the coarsest one whose row lies whole between two edges. */
function levelOf(minute: number, edges: readonly number[], coarsest: Resolution): Resolution {
  const before = Math.max(...edges.filter((edge) => edge <= minute));
  const after = Math.min(...edges.filter((edge) => edge > minute));
  const allowed = RESOLUTIONS.slice(0, RESOLUTIONS.indexOf(coarsest) + 1).reverse();
  const level = allowed.find((candidate) => {
    const row = minute - (minute % RESOLUTION_MS[candidate]);
    return row >= before && row + RESOLUTION_MS[candidate] <= after;
  });
  return level ?? 'minute';
}

/** The same plan found minute by minute. */
function plainTiles({ from, to }: Span, starts: readonly number[], coarsest: Resolution): ReadPlan['spans'] {
  const edges = [from, ...starts.filter((start) => start > from && start < to), to];
  const spans: ReadPlan['spans'] = { day: [], hour: [], minute: [] };
  for (let minute = from; minute < to; minute += MINUTE) {
    const level = spans[levelOf(minute, edges, coarsest)];
    const last = level.at(-1);
    if (last?.to === minute) last.to += MINUTE;
    else level.push({ from: minute, to: minute + MINUTE });
  }
  return spans;
}

/** Whole minutes within some days; many of them where a coarser row starts. */
const anInstant = (days: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.nat(days * 1_440).map((minutes) => EPOCH + minutes * MINUTE),
    fc.nat(days * 24).map((hours) => EPOCH + hours * HOUR),
    fc.nat(days * 48).map((halves) => EPOCH + halves * (HOUR / 2)),
    fc.nat(days).map((day) => EPOCH + day * DAY),
  );

const aSpan = (days: number): fc.Arbitrary<Span> =>
  fc
    .tuple(anInstant(days), anInstant(days))
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

const someStarts = (days: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(anInstant(days), { maxLength: 8 }).map((starts) => starts.sort((a, b) => a - b));

const aLevel = fc.constantFrom(...RESOLUTIONS);

describe('readPlanOf', () => {
  it('reads each minute once, from the coarsest level whose row lies between two starts', () => {
    fc.assert(
      fc.property(aSpan(6), someStarts(6), aLevel, (span, starts, coarsest) => {
        expect(readPlanOf('detail', span, starts, coarsest)).toEqual({
          rollupSet: 'detail',
          spans: plainTiles(span, starts, coarsest),
        });
      }),
    );
  });

  it('cuts spans of years without a gap, an overlap or a row over a start', () => {
    fc.assert(
      fc.property(aSpan(1_000), someStarts(1_000), aLevel, (span, starts, coarsest) => {
        const { spans } = readPlanOf('traffic', span, starts, coarsest);
        const plan = RESOLUTIONS.flatMap((level) =>
          spans[level].map((span) => ({ ...span, step: RESOLUTION_MS[level] })),
        );
        plan.sort((a, b) => a.from - b.from);
        expect(plan.map(({ from }) => from)).toEqual([span.from, ...plan.slice(0, -1).map(({ to }) => to)]);
        expect(plan.at(-1)?.to).toBe(span.to);
        const broken = plan.filter(
          ({ from, to, step }) =>
            from >= to ||
            from % step !== 0 ||
            to % step !== 0 ||
            starts.some((start) => start > from && start < to && start % step !== 0),
        );
        expect(broken).toEqual([]);
      }),
    );
  });

  it('never reads a level coarser than is allowed, and joins what touches', () => {
    fc.assert(
      fc.property(aSpan(60), someStarts(60), aLevel, (span, starts, coarsest) => {
        const { spans } = readPlanOf('traffic', span, starts, coarsest);
        for (const level of RESOLUTIONS) {
          if (RESOLUTIONS.indexOf(level) > RESOLUTIONS.indexOf(coarsest)) expect(spans[level]).toEqual([]);
          for (const [index, { from }] of spans[level].entries()) {
            expect(from).toBeGreaterThan(spans[level][index - 1]?.to ?? 0);
          }
        }
      }),
    );
  });

  it('ignores starts outside the span and on its edges', () => {
    const span = { from: utc('2026-03-01T00:00'), to: utc('2026-03-03T00:00') };
    const starts = [utc('2026-02-27T18:30'), span.from, span.to, utc('2026-03-04T18:30')];
    expect(readPlanOf('detail', span, starts, 'day').spans).toEqual({ day: [span], hour: [], minute: [] });
  });

  it('reads nothing of an empty span', () => {
    const none = { day: [], hour: [], minute: [] };
    expect(readPlanOf('detail', { from: EPOCH, to: EPOCH }, [], 'day').spans).toEqual(none);
  });

  it('does it like this', () => {
    const span = { from: utc('2026-03-01T22:30'), to: utc('2026-03-04T01:15') };
    expect(readPlanOf('detail', span, [], 'day').spans).toEqual({
      day: [{ from: utc('2026-03-02T00:00'), to: utc('2026-03-04T00:00') }],
      hour: [
        { from: utc('2026-03-01T23:00'), to: utc('2026-03-02T00:00') },
        { from: utc('2026-03-04T00:00'), to: utc('2026-03-04T01:00') },
      ],
      minute: [
        { from: utc('2026-03-01T22:30'), to: utc('2026-03-01T23:00') },
        { from: utc('2026-03-04T01:00'), to: utc('2026-03-04T01:15') },
      ],
    });
    // A day of Kolkata begins at 18:30 UTC: the hours around are read from minutes.
    expect(readPlanOf('traffic', span, [utc('2026-03-02T18:30')], 'hour').spans).toEqual({
      day: [],
      hour: [
        { from: utc('2026-03-01T23:00'), to: utc('2026-03-02T18:00') },
        { from: utc('2026-03-02T19:00'), to: utc('2026-03-04T01:00') },
      ],
      minute: [
        { from: utc('2026-03-01T22:30'), to: utc('2026-03-01T23:00') },
        { from: utc('2026-03-02T18:00'), to: utc('2026-03-02T19:00') },
        { from: utc('2026-03-04T01:00'), to: utc('2026-03-04T01:15') },
      ],
    });
  });
});

describe('isWholeDays', () => {
  it('is true where each bucket starts with a day of UTC', () => {
    expect(isWholeDays([EPOCH, EPOCH + 7 * DAY])).toBe(true);
    expect(isWholeDays([])).toBe(true);
    expect(isWholeDays([EPOCH, EPOCH + 7 * DAY - HOUR])).toBe(false);
  });
});
