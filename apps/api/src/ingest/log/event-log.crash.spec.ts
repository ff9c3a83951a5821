/** Model-based: after a crash at any moment or byte, the log holds what it acknowledged, in order, once. */
import { readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { hashOf } from '../ids/id-hash';
import { IdList } from '../ids/id-list';
import { EventLog, type LogRecord, type Seal } from './event-log';
import { MortalDisk } from '../../storage/testing/faulty-disk';
import { type Found, TemporaryFolder, drain, aRecord } from './testing/log-folder';

const OPTIONS = { byteLimit: 1024 * 1024, segmentBytes: 200, segmentRows: 6 };

type Operation = { kind: 'append'; sizes: number[] } | { kind: 'take' | 'seal' | 'remove' | 'reopen' };

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      // Rows of each of the calls that are made at once.
      sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('take' as const, 'seal' as const, 'remove' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const) }) },
);

/** A log with what it should hold. */
class Model {
  /** Every record that was sent, in order. */
  readonly sent: LogRecord[] = [];
  /** The segments of the acknowledged ones, by the record's place in `sent`. */
  readonly acknowledged = new Map<number, number>();
  readonly seals = new Map<number, Seal>();
  readonly removed = new Set<number>();
  /** Being removed, so gone or there with its seal. */
  private removing = 0;
  /** Being sealed, so with one seal or the other. */
  private sealing = 0;

  constructor(
    private readonly log: EventLog,
    private readonly reopened: () => Promise<EventLog>,
  ) {}

  static async open(path: string, disk?: MortalDisk): Promise<Model> {
    const open = (): Promise<EventLog> => EventLog.open(path, OPTIONS, disk);
    return new Model(await open(), open);
  }

  async run(operations: readonly Operation[]): Promise<EventLog> {
    let log = this.log;
    for (const one of operations) {
      if (one.kind === 'append') await this.append(log, one.sizes);
      else if (one.kind === 'reopen') {
        await log.close();
        log = await this.reopened();
      } else await this.handle(log, one.kind);
      expect(log.rows).toBe(this.kept().reduce((sum, { rows }) => sum + rows.length, 0));
    }
    return log;
  }

  /** The acknowledged records that were not removed. */
  kept(): LogRecord[] {
    return this.sent.filter((_, index) => {
      const segment = this.acknowledged.get(index);
      return segment !== undefined && !this.removed.has(segment);
    });
  }

  async append(log: EventLog, sizes: readonly number[]): Promise<void> {
    const appends = sizes.map(async (size) => {
      const place = this.sent.length;
      const rows = Array.from({ length: size }, (_, row) => `["${place}","${row}","é"]`);
      const record = aRecord(rows, place % 3 === 0 ? IdList.of(rows.map((row) => hashOf('account', row))) : undefined);
      this.sent.push(record);
      this.acknowledged.set(place, await log.append(record));
    });
    await Promise.all(appends);
  }

  /** What a reopened log may hold after a crash. */
  check(found: Found[]): void {
    const places = new Map(this.sent.map((record, place) => [JSON.stringify(record), place]));
    const there = found.flatMap(({ records }) => records.map((record) => places.get(JSON.stringify(record)) ?? -1));
    // Nothing half, nothing twice, nothing out of order.
    expect(there).toEqual([...new Set(there)].filter((place) => place >= 0).sort((a, b) => a - b));
    for (const [place, segment] of this.acknowledged) {
      if (segment !== this.removing || this.removed.has(segment)) {
        expect({ place, there: there.includes(place) }).toEqual({ place, there: !this.removed.has(segment) });
      }
    }
    for (const { number, seal } of found) {
      if (number !== this.sealing) expect(seal).toEqual(this.seals.get(number) ?? null);
    }
  }

  private async handle(log: EventLog, kind: 'take' | 'seal' | 'remove'): Promise<void> {
    const segment = await log.take();
    if (!segment) {
      expect(this.kept()).toEqual([]);
      return;
    }
    const { number } = segment;
    const records = this.sent.filter((_, place) => this.acknowledged.get(place) === number);
    if (kind === 'take') expect(await segment.records()).toEqual(records);
    if (kind === 'seal') {
      this.sealing = number;
      const seal = { dropped: [this.sent.length] };
      await segment.writeSeal(seal);
      this.seals.set(number, seal);
      this.sealing = 0;
    }
    if (kind === 'remove') {
      this.removing = number;
      await segment.remove();
      this.removed.add(number);
    }
  }
}

/** Opens the folder as the next process would, and shows that it works on. */
async function recovered(path: string): Promise<Found[]> {
  const log = await EventLog.open(path, OPTIONS);
  const size = (file: string): number => readFileSync(join(path, file)).length;
  const bytes = segmentsOf(path).reduce((sum, file) => sum + size(file), 0);
  expect(log.bytes).toBe(bytes);
  const last = await log.append(aRecord(['["last"]']));
  const found = await drain(log);
  expect(found.pop()).toEqual({ number: last, records: [aRecord(['["last"]'])], seal: null });
  expect(readdirSync(path).filter((file) => /seal|tmp|\.log/.test(file))).toEqual([]);
  await log.close();
  return found;
}

function segmentsOf(path: string): string[] {
  return readdirSync(path)
    .filter((file) => file.endsWith('.log'))
    .sort();
}

const RUNS = { numRuns: 150 };

describe('EventLog after a crash', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(true));

  /** Runs `body` with a folder of its own. */
  const inFolder = async (body: (path: string) => Promise<void>): Promise<void> => {
    const own = new TemporaryFolder();
    try {
      await body(own.log);
    } finally {
      own.remove();
    }
  };

  /** Lives until the power is cut, then checks what the next process finds. @returns whether it was cut */
  async function live(operations: Operation[], deathAt: number, torn: number, undone: boolean): Promise<boolean> {
    let cut = true;
    await inFolder(async (path) => {
      const disk = new MortalDisk(deathAt, torn);
      let model: Model | undefined;
      const life = Model.open(path, disk).then(async (opened) => {
        model = opened;
        await (await opened.run(operations)).close();
        cut = false;
      });
      await Promise.race([life, disk.death]);
      await disk.lose(undone);
      const found = await recovered(path);
      if (model) model.check(found);
      else expect(found).toEqual([]);
    });
    return cut;
  }

  it.each([
    [0, false],
    [0.7, false],
    [1, true],
  ])(
    'holds what it acknowledged, at each step of its life (%p of unsynced bytes, removals undone: %p)',
    async (torn, undone) => {
      const life: Operation[] = [
        { kind: 'append', sizes: [2, 1] },
        { kind: 'seal' },
        { kind: 'append', sizes: [1, 1, 4] },
        { kind: 'seal' },
        { kind: 'remove' },
        { kind: 'seal' },
        { kind: 'reopen' },
        { kind: 'append', sizes: [1] },
        { kind: 'remove' },
      ];
      let steps = 1;
      while (await live(life, steps, torn, undone)) steps += 1;
      expect(steps).toBeGreaterThan(60);
    },
  );

  it('holds what it acknowledged when the power is cut in any life', async () => {
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    const lives = fc.array(operation, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(lives, fc.integer({ min: 8, max: 120 }), fraction, fc.boolean(), async (...life) => {
        await live(...life);
      }),
      RUNS,
    );
  });

  it('holds all but the record in which its last segment ends or a byte of it is changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(operation, { maxLength: 10 }),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        async (operations, at, bits) =>
          inFolder(async (path) => {
            const model = await Model.open(path);
            const log = await model.run([...operations, { kind: 'append', sizes: [2] }]);
            await log.close();
            const kept = model.kept();
            const file = join(path, segmentsOf(path).at(-1) ?? '');
            const bytes = readFileSync(file);
            // The header's damage is another matter: see the spec of the log.
            const position = 8 + (at % (bytes.length - 8));
            if (bits === 0) truncateSync(file, position);
            else {
              bytes.writeUInt8(bytes.readUInt8(position) ^ bits, position);
              writeFileSync(file, bytes);
            }
            const whole = wholeBefore(kept, bytes.length, position);
            const damaged = kept.length === whole.length ? undefined : kept[whole.length];
            const behind = bits === 0 ? [] : kept.slice(whole.length + 1);
            expect((await recovered(path)).flatMap(({ records }) => records)).toEqual([...whole, ...behind]);
            const setAside = readdirSync(path).filter((name) => name.endsWith('.corrupt'));
            if (bits !== 0)
              expect(setAside.map((name) => readFileSync(join(path, name)).length)).toEqual([damaged?.bytes]);
          }),
      ),
      RUNS,
    );
  });
});

/** The records that end at or before a position of the last segment, which ends with the last of them. */
function wholeBefore(records: LogRecord[], fileEnd: number, position: number): LogRecord[] {
  let end = fileEnd;
  for (let count = records.length; count > 0; count -= 1) {
    const record = records[count - 1];
    if (end <= position || !record) return records.slice(0, count);
    end -= record.bytes;
  }
  return [];
}
