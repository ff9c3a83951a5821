import { DAY, iso } from '@meterhouse/common';
import { type Plan, readPlan } from '@meterhouse/pricing';
import { type PlanVersion, assigned, stretchesOf, versionAt } from '../plans/plan-version';
import { type Piece, piecesOf, stretchesOfAccount } from './parts';

const MARCH = Date.UTC(2026, 2, 1);

function planOf(more: object = {}): Plan {
  const read = readPlan({ name: 'Plan', currency: 'USD', ...more });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.plan;
}

const versionOf = (version: number, effectiveFrom: number, more: object = {}): PlanVersion => ({
  id: 'pln_a',
  version,
  effectiveFrom,
  plan: planOf(more),
});

const day = (at: number): string => iso(at).slice(0, 10);
const shown = (pieces: readonly Piece[]): string[] =>
  pieces.map(({ from, to, version, parts }) => {
    const own = parts.map((part) => `${day(part.from)}/${day(part.to)}`).join(' ');
    return `${day(from)} to ${day(to)}: ${version === null ? 'none' : `version ${version.version}`} ${own}`.trim();
  });

describe('the versions of a plan', () => {
  const first = versionOf(1, MARCH);
  const second = versionOf(2, MARCH + 10 * DAY);
  const third = versionOf(3, MARCH + 5 * DAY);

  it('hold from their instant on, the first one before, the last one made in place of what was to follow', () => {
    const at = (days: number): number | undefined => versionAt([first, second, third], MARCH + days * DAY)?.version;
    expect([-1, 0, 4, 5, 10].map(at)).toEqual([1, 1, 1, 3, 3]);
    const stretches = stretchesOf([first, second, third], { from: MARCH, to: MARCH + 20 * DAY });
    expect(stretches.map(({ from, version }) => [day(from), version.version])).toEqual([
      ['2026-03-01', 1],
      ['2026-03-06', 3],
    ]);
  });

  it('make parts of the period in which they change', () => {
    const stretches = stretchesOf([first, second], { from: MARCH - 30 * DAY, to: MARCH + 60 * DAY });
    expect(shown(piecesOf(stretches, { from: MARCH + 2 * DAY, to: MARCH + 35 * DAY }))).toEqual([
      '2026-03-03 to 2026-03-11: version 1 2026-03-01/2026-03-11',
      '2026-03-11 to 2026-04-05: version 2 2026-03-11/2026-04-01 2026-04-01/2026-04-30',
    ]);
  });
});

describe('the plans of an account', () => {
  const versionsOf = (id: string): PlanVersion[] => [versionOf(id === 'a' ? 1 : 2, 0)];

  it('leave the time before the first one without a plan', () => {
    const stretches = stretchesOfAccount(
      [
        { planId: 'a', from: MARCH },
        { planId: 'b', from: MARCH + DAY },
      ],
      versionsOf,
    );
    expect(shown(piecesOf(stretches, { from: MARCH - DAY, to: MARCH + 2 * DAY }))).toEqual([
      '2026-02-28 to 2026-03-01: none',
      '2026-03-01 to 2026-03-02: version 1 2026-03-01/2026-03-02',
      '2026-03-02 to 2026-03-03: version 2 2026-03-02/2026-04-01',
    ]);
    expect(shown(piecesOf(stretches, { from: MARCH - 2 * DAY, to: MARCH - DAY }))).toEqual([
      '2026-02-27 to 2026-02-28: none',
    ]);
  });

  it('are replaced from an instant on, whatever was to follow', () => {
    const present = [
      { planId: 'a', from: 1 },
      { planId: 'b', from: 5 },
    ];
    expect(assigned(present, { planId: 'c', from: 3 })).toEqual([present[0], { planId: 'c', from: 3 }]);
    expect(assigned(present, { planId: 'c', from: 1 })).toEqual([{ planId: 'c', from: 1 }]);
  });
});
