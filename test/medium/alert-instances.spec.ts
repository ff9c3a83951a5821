/**
 * Several processes that evaluate the same rules, and some that are killed in between: everything is decided once. Real: the
 * evaluation and the engine, which all of them share as they would a server. Not real: the clock, and what takes notifications.
 */
import fc from 'fast-check';
import { MINUTE, loadSettings } from '@meterhouse/common';
import type { AlertNotification } from '../../apps/api/src/alert-channels/notification';
import { Evaluator } from '../../apps/api/src/alert-rules/evaluation/evaluator';
import { FiguresRepository } from '../../apps/api/src/alert-rules/evaluation/figures.repository';
import type { Standings } from '../../apps/api/src/alert-rules/evaluation/standings';
import { StatesRepository } from '../../apps/api/src/alert-rules/evaluation/states.repository';
import { AlertsRepository } from '../../apps/api/src/alert-rules/history/alerts.repository';
import type { RuleRegistry } from '../../apps/api/src/alert-rules/rules/rule-registry';
import type { SilenceRegistry } from '../../apps/api/src/alert-rules/silences/silence-registry';
import type { NotificationsService } from '../../apps/api/src/alert-channels/notifications.service';
import { aRule } from '../../apps/api/src/alert-rules/testing/rules';
import { aRequest } from '../factories/events';
import { FixedClock } from '../support/fixed-clock';
import { insertEvents } from '../support/insert-events';
import { ListedKeys } from '../support/keys';
import { type TestStorage, openTestStorage } from '../support/storage';

const MINUTES = 8;
const CHANNEL = 'chn_0000000000000000';

let storage: TestStorage;
let scenes = 0;
beforeAll(async () => void (storage = await openTestStorage({}, false)));
afterAll(() => storage.close());

/** Fails at the points of an evaluation that the test says, as a killed process does: what was done before stays. */
class Killable {
  readonly told: AlertNotification[] = [];
  private steps = 0;
  constructor(private readonly killedAt: ReadonlySet<number>) {}

  step(): void {
    if (this.killedAt.has(this.steps++)) throw new Error('killed');
  }

  readonly notifications = {
    enqueue: (list: readonly AlertNotification[]): Promise<void> => {
      this.step();
      this.told.push(...list);
      return Promise.resolve();
    },
  } as unknown as NotificationsService;
}

/** A process: after it was killed, another begins from what is stored. */
class Process {
  private evaluator: Evaluator;

  constructor(
    private readonly rules: RuleRegistry,
    private readonly clock: FixedClock,
    private readonly killable: Killable,
  ) {
    this.evaluator = this.begin();
  }

  private begin(): Evaluator {
    const { clickhouse } = storage;
    const killable = this.killable;
    class Alerts extends AlertsRepository {
      override insert(...given: Parameters<AlertsRepository['insert']>): Promise<void> {
        killable.step();
        return super.insert(...given);
      }
    }
    class States extends StatesRepository {
      override async commit(...given: Parameters<StatesRepository['commit']>): ReturnType<StatesRepository['commit']> {
        killable.step();
        const done = await super.commit(...given);
        killable.step();
        return done;
      }
    }
    const silences = { at: () => () => false } as unknown as SilenceRegistry;
    return new Evaluator(
      this.rules,
      silences,
      new ListedKeys(),
      new FiguresRepository(clickhouse),
      { read: () => Promise.resolve() } as unknown as Standings,
      new States(clickhouse),
      new Alerts(clickhouse),
      killable.notifications,
      loadSettings({}),
      this.clock,
    );
  }

  async turn(): Promise<void> {
    try {
      await this.evaluator.turn(this.clock.now(), false);
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'killed') throw error;
      this.evaluator = this.begin();
    }
  }
}

/** Runs the minutes of a scene by so many processes; returns what was told. */
async function run(
  badMinutes: readonly boolean[],
  processes: number,
  killedAt: readonly number[],
): Promise<AlertNotification[]> {
  await storage.clickhouse.command('TRUNCATE TABLE alert_states');
  await storage.clickhouse.command('TRUNCATE TABLE alerts');
  const account = `account-${scenes++}`;
  const start = Date.UTC(2026, 2, 2) + scenes * 60 * MINUTE;
  const rule = aRule({
    accountId: account,
    channels: [CHANNEL],
    id: 'rul_scene',
    definedAt: start,
    minimumRequests: 1,
  });
  const rules = { list: () => [rule], find: () => ({ rule, deleted: false }) } as unknown as RuleRegistry;
  const clock = new FixedClock(start);
  const killable = new Killable(new Set(killedAt));
  const all = Array.from({ length: processes }, () => new Process(rules, clock, killable));
  for (let minute = 0; minute <= MINUTES; minute++) {
    clock.at = start + minute * MINUTE;
    if (badMinutes[minute - 1]) {
      await insertEvents(storage.clickhouse, account, [{ ...aRequest('key', clock.at - 1_000), statusCode: 500 }]);
    }
    await Promise.all(all.map((process) => process.turn()));
  }
  // Who was killed at the last step goes on once more.
  for (let turn = 0; turn < 4; turn++) await Promise.all(all.map((process) => process.turn()));
  const { alerts } = await new AlertsRepository(storage.clickhouse).find({ scope: account }, { limit: 100, offset: 0 });
  const states = [...killable.told].map(({ alertId, kind }) => `${alertId} ${kind}`);
  for (const { id, state } of alerts) {
    expect(states).toContain(`${id} firing`);
    if (state === 'resolved') expect(states).toContain(`${id} resolved`);
  }
  return killable.told.map((one) => ({ ...one, alert: { ...one.alert, startedAt: '' } }));
}

/** What was told, each once, by the minute. */
const once = (told: readonly AlertNotification[]): string[] =>
  [...new Set(told.map(({ kind, at }) => `${kind} ${new Date(at).getUTCMinutes()}`))].sort();

it('is decided once, whatever is killed and however many processes there are', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.boolean(), { minLength: MINUTES, maxLength: MINUTES }),
    fc.integer({ min: 1, max: 2 }),
    fc.array(fc.nat(40), { maxLength: 6 }),
    async (badMinutes, processes, killedAt) => {
      const expected = await run(badMinutes, 1, []);
      const told = await run(badMinutes, processes, killedAt);
      expect(once(told)).toEqual(once(expected));
      // A repeat has the same id, and whatever has the same id is the same.
      const byId = new Map(told.map((one) => [one.id, one]));
      for (const one of told) expect(one).toEqual(byId.get(one.id));
      expect(byId.size).toBe(once(told).length);
    },
  );
  await fc.assert(property, { numRuns: 8 });
}, 120_000);
