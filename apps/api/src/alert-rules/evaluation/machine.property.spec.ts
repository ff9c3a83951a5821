/**
 * The states of rules against a plain reading of what a rule says, window by window; and that neither crashes at any step nor
 * windows in any chunks change what is decided.
 */
import fc from 'fast-check';
import { MINUTE } from '@meterhouse/common';
import { aRule } from '../testing/rules';
import type { Judgement, Verdict } from './judge';
import { type Change, type GroupState, NO_STATE, type StepContext, observe, passOver } from './machine';

const START = Date.UTC(2026, 2, 1);

const judgement = (verdict: Verdict, index: number): Judgement => ({
  from: START + (index - 4) * MINUTE,
  end: START + (index + 1) * MINUTE,
  verdict,
  reason: verdict === 'breach' ? 'THRESHOLD' : null,
  value: index,
  threshold: 5,
  requests: 100,
  previous: null,
  crossed: [],
});

interface Scene {
  verdicts: readonly (Verdict | 'unscheduled')[];
  breaching: { windows: number; of: number };
  reminder: number | null;
  silenced: readonly boolean[];
}

const scenes: fc.Arbitrary<Scene> = fc.record({
  verdicts: fc.array(
    fc.constantFrom<(Verdict | 'unscheduled')[]>('breach', 'breach', 'ok', 'ok', 'between', 'skip', 'unscheduled'),
    {
      maxLength: 40,
    },
  ),
  breaching: fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.nat(3))
    .map(([windows, more]) => ({ windows, of: windows + more })),
  reminder: fc.constantFrom(null, 5, 10),
  silenced: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
});

function stepOf(scene: Scene, state: GroupState, index: number): { state: GroupState; changes: readonly Change[] } {
  const verdict = scene.verdicts[index] ?? 'ok';
  const context: StepContext = {
    rule: aRule({ breaching: scene.breaching, renotifyAfterMinutes: scene.reminder }),
    group: '',
    now: START + (index + 1) * MINUTE,
    isSilenced: scene.silenced[index] ?? false,
    isLatest: true,
    isAcknowledged: () => false,
  };
  return verdict === 'unscheduled'
    ? passOver(state, START + (index + 1) * MINUTE, context)
    : observe(state, judgement(verdict, index), context);
}

/** Runs all windows; after each, the state goes through the storage, as after a crash. */
function run(scene: Scene): Change[] {
  let state = NO_STATE;
  const changes: Change[] = [];
  for (const index of scene.verdicts.keys()) {
    const step = stepOf(scene, JSON.parse(JSON.stringify(state)) as GroupState, index);
    // What was repeated after a crash decides the same, and a window that was judged is passed over.
    expect(stepOf(scene, state, index)).toEqual(step);
    expect(stepOf(scene, step.state, index)).toEqual({ state: step.state, changes: [] });
    state = step.state;
    changes.push(...step.changes);
  }
  return changes;
}

/** What is told: `firing@3` at the end of the fourth window. Written from the rules alone. */
function oracle({ verdicts, breaching, reminder, silenced }: Scene): string[] {
  const told: string[] = [];
  let recent: Verdict[] = [];
  let firing = false;
  let toldAt: number | null = null;
  verdicts.forEach((verdict, index) => {
    if (verdict === 'skip') return;
    if (verdict === 'unscheduled') {
      recent = [];
      return;
    }
    recent = [...recent, verdict].slice(-breaching.of);
    const bad = recent.filter((one) => one === 'breach' || (firing && one === 'between')).length;
    if (firing && bad < breaching.windows) {
      if (toldAt !== null) told.push(`resolved@${index}`);
      firing = false;
      toldAt = null;
    } else if (!firing && bad >= breaching.windows && recent.includes('breach')) {
      firing = true;
      if (silenced[index] !== true) {
        told.push(`firing@${index}`);
        toldAt = index;
      }
    } else if (firing && silenced[index] !== true) {
      if (toldAt === null) {
        told.push(`firing@${index}`);
        toldAt = index;
      } else if (reminder !== null && index - toldAt >= reminder) {
        told.push(`reminder@${index}`);
        toldAt = index;
      }
    }
  });
  return told;
}

const shown = (changes: readonly Change[]): string[] =>
  changes.flatMap(({ alert, notify }) => {
    if (notify === null) return [];
    const at = alert.state === 'resolved' ? alert.resolvedAt : alert.notifiedAt;
    return [`${notify.kind}@${((at ?? 0) - START) / MINUTE - 1}`];
  });

it('tells what a plain reading of the rule says, under ids that are never used twice', () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const changes = run(scene);
      expect(shown(changes)).toEqual(oracle(scene));
      const ids = changes.flatMap(({ notify }) => notify?.id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 2_000 },
  );
});

it('decides the same under the same ids when it is repeated from the begin', () => {
  fc.assert(fc.property(scenes, (scene) => expect(run(scene)).toEqual(run(scene))));
});

it('begins and ends every alert once', () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const byId = new Map<string, string[]>();
      for (const { alert } of run(scene)) byId.set(alert.id, [...(byId.get(alert.id) ?? []), alert.state]);
      for (const states of byId.values()) {
        const distinct = states.filter((state, index) => state !== states[index - 1]);
        expect(['pending', 'firing', 'resolved'].filter((state) => distinct.includes(state))).toEqual(distinct);
      }
    }),
  );
});
