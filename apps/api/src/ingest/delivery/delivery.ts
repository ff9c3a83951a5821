/** Brings the log's segments to ClickHouse, each once. */
import { Slices, errorCode, reasonOf, retrying } from '@meterhouse/common';
import { Logger } from '@nestjs/common';
import type { ClickHouse } from '@meterhouse/clickhouse';
import type { DeadLetters } from './dead-letters';
import type { Deduplicator } from '../deduplication/deduplicator';
import { type DatedId, hashOf } from '../ids/id-hash';
import { IdList } from '../ids/id-list';
import { IdMap } from '../ids/id-map';
import { inSlices } from '../deduplication/in-slices';
import { datedBefore, namedEvent, textOf, toBatch, toTrial } from '../rows/event-batch';
import type { LogRecord, Seal, Segment } from '../log/event-log';
import { type Poison, findPoison } from './poison';
import { isRowError } from './row-errors';

/** What a delivery needs; named, so that specs can replace one. */
export interface DeliveryParts {
  clickhouse: Pick<ClickHouse, 'insertBlock'>;
  deduplicator: Deduplicator;
  deadLetters: DeadLetters;
  /** The name of this instance, for its claims of ids. */
  instance: () => string;
  /** Rows that were parked as dead letters. */
  onDeadLetters: (rows: number) => void;
  /** The storage did not take events; null once it does. */
  onTrouble: (trouble: Trouble | null) => void;
}

/** A try that failed and will be repeated. */
export interface Trouble {
  /** ClickHouse's error number, or `other`. */
  code: string;
  reason: string;
}

/** Shutdown came between two tries; the segment stays in the log. */
export class DeliveryStopped extends Error {}

/**
 * Delivers one segment at a time.
 *
 * - **Sealed first.** Which rows are left out (repeats, dead letters) is written beside the segment before the first
 *   insert, so that a retry, also after a crash, sends the same bytes under the same token: the engine completes what a
 *   half-applied insert left out and adds nothing twice.
 * - **Retries.** Every error but those of `isRowError` is of the storage, and retried until it has passed, with backoff
 *   and jitter.
 * - **Poison.** Rows that the engine refuses are found by `findPoison`, parked as dead letters, their ids given up, and
 *   left out of a new seal; a refused insert has stored nothing. A refusal that no row is the cause of is retried.
 */
export class Delivery {
  private readonly logger = new Logger('Delivery');
  private readonly stopping = new AbortController();

  constructor(private readonly parts: DeliveryParts) {}

  /** Delivers the segment and removes it. @throws DeliveryStopped after `stop` when the storage does not take it */
  async deliver(segment: Segment): Promise<void> {
    const records = await segment.records();
    const ids = idsOf(records);
    let seal = (await segment.seal()) ?? (await this.seal(segment, records, ids));
    for (;;) {
      const kept = await textOf(records, seal.dropped);
      const poison = kept.length === 0 ? [] : await this.insert(segment, records, seal, kept);
      if (poison.length === 0) break;
      seal = await this.park(segment, seal, poison);
    }
    this.parts.onTrouble(null);
    this.parts.deduplicator.delivered(ids);
    await segment.remove();
  }

  /** Inserts the rows; returns those that the engine refuses for good, and then none is inserted. */
  private insert(segment: Segment, records: readonly LogRecord[], seal: Seal, kept: Buffer[]): Promise<Poison[]> {
    return this.patiently(async () => {
      try {
        const batch = await toBatch(kept, this.ownerOf(segment));
        await this.parts.clickhouse.insertBlock(batch.statement, batch.rows);
        return [];
      } catch (error) {
        const poison = isRowError(error) ? await this.findPoison(records, seal) : [];
        if (poison.length === 0) throw error;
        return poison;
      }
    });
  }

  /** Ends a delivery between two attempts. */
  stop(): void {
    this.stopping.abort(new DeliveryStopped());
  }

  /** Decides which rows are repeats and writes that down. */
  private async seal(segment: Segment, records: readonly LogRecord[], ids: IdList): Promise<Seal> {
    const { first, repeats } = await firstAndRepeats(ids);
    const { deduplicator } = this.parts;
    const claimed = ids.pick(first);
    const taken = await this.patiently(() => deduplicator.claim(claimed, this.ownerOf(segment)));
    const free = first.filter((_, claim) => !taken[claim]);
    const old = await oldAmong(records, free, deduplicator.forgottenBefore);
    const counted = await this.patiently(() => deduplicator.counted(old));
    const isRepeat = (position: number): boolean => counted.size > 0 && counted.has(ids.at(position));
    const dropped = [...repeats, ...first.filter((_, claim) => taken[claim]), ...free.filter(isRepeat)];
    const seal = { dropped: dropped.sort((a, b) => a - b) };
    await segment.writeSeal(seal);
    return seal;
  }

  private findPoison(records: readonly LogRecord[], seal: Seal): Promise<Poison[]> {
    const rows = records.flatMap((record) => record.rows);
    const dropped = new Set(seal.dropped);
    const kept = [...rows.keys()].filter((position) => !dropped.has(position));
    return findPoison(rows, kept, (tried) => this.refusal(tried));
  }

  /** Why the engine refuses these rows, or null when it takes them. */
  private async refusal(rows: readonly string[]): Promise<string | null> {
    return this.patiently(async () => {
      try {
        const trial = toTrial(rows);
        await this.parts.clickhouse.insertBlock(trial.statement, trial.rows);
        return null;
      } catch (error) {
        if (!isRowError(error)) throw error;
        return reasonOf(error);
      }
    });
  }

  /**
   * The letters are on disk and their ids free before the seal leaves their rows out: after a crash between two of the
   * steps the rows are found again, and all is done again.
   */
  private async park(segment: Segment, seal: Seal, poison: Poison[]): Promise<Seal> {
    const letters = poison.map(({ letter }) => letter);
    await this.parts.deadLetters.park(segment.number, letters);
    const named = letters.flatMap(({ row }) => namedEvent(row) ?? []);
    const ids = IdList.of(named.map(({ accountId, id }) => hashOf(accountId, id)));
    await this.patiently(() => this.parts.deduplicator.release(ids, this.ownerOf(segment)));
    const next = { dropped: [...seal.dropped, ...poison.map(({ position }) => position)].sort((a, b) => a - b) };
    await segment.writeSeal(next);
    this.parts.onDeadLetters(poison.length);
    this.logger.error(
      `ClickHouse refuses ${poison.length} event(s), now dead letters of segment ${segment.number}: ${poison[0]?.letter.reason}`,
    );
    return next;
  }

  /** Names the segment, for its claims of ids and its insert. */
  private ownerOf(segment: Segment): string {
    return `${this.parts.instance()}/${segment.number}`;
  }

  /** Retries until the storage takes it. @throws DeliveryStopped after `stop` */
  private patiently<T>(work: () => Promise<T>): Promise<T> {
    const onFailure = (error: unknown, attempt: number): void => {
      if (error instanceof DeliveryStopped) throw error;
      const reason = reasonOf(error);
      const code = errorCode(error) ?? '';
      this.parts.onTrouble({ code: /^\d+$/.test(code) ? code : 'other', reason });
      if (attempt === 1 || attempt % 10 === 0) this.logger.warn(`Events wait in the log (try ${attempt}): ${reason}`);
    };
    return retrying(work, { firstMs: 100, maxMs: 5_000, onFailure, signal: this.stopping.signal });
  }
}

/** The ids of a segment's rows. */
function idsOf(records: readonly LogRecord[]): IdList {
  if (records.every(({ ids }) => ids.length === 0)) return IdList.EMPTY;
  return IdList.concat(records.map(({ ids, count }) => (ids.length === 0 ? IdList.blank(count) : ids)));
}

/** The positions of rows with an id, ascending: of each id the first, and the others. */
async function firstAndRepeats(ids: IdList): Promise<{ first: number[]; repeats: number[] }> {
  const known = new IdMap(ids.length);
  const first: number[] = [];
  const repeats: number[] = [];
  await inSlices(ids.length, (position) => {
    if (!ids.has(position)) return;
    if (known.get(ids, position) !== 0) repeats.push(position);
    else first.push(position);
    known.set(ids, position, 1);
  });
  return { first, repeats };
}

/** Those of the rows at these positions, ascending, that are dated before an instant. */
async function oldAmong(
  records: readonly LogRecord[],
  positions: readonly number[],
  instant: number,
): Promise<DatedId[]> {
  if (records.every(({ oldest }) => oldest >= instant)) return [];
  const old: DatedId[] = [];
  const slices = new Slices(null);
  let start = 0;
  let next = 0;
  for (const record of records) {
    const within: number[] = [];
    for (; (positions[next] ?? Infinity) < start + record.count; next++) within.push((positions[next] ?? 0) - start);
    old.push(...(await datedBefore(instant, record, within, slices)));
    start += record.count;
  }
  return old;
}
