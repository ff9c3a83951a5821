import { DAY } from '@meterhouse/common';
import { DEDUPLICATION_DAYS, Deduplicator } from './deduplicator';
import type { IdHash } from './id-hash';

/**
 * For a ClickHouse server without Redis: looks every id up in `event_ids`, which the insert of the events itself fills.
 * There is no moment at which an event is stored and its id is not known, whichever instance stored it. Two instances
 * that seal the same event in the same moment do both pass; that takes Redis.
 */
export class ServerDeduplicator extends Deduplicator {
  async seen(hashes: readonly IdHash[]): Promise<boolean[]> {
    if (hashes.length === 0) return [];
    const from = this.clock.now() - DEDUPLICATION_DAYS * DAY;
    const stored = await this.ids.stored(hashes, { from, to: Infinity });
    return hashes.map((hash) => stored.has(hash));
  }

  claim(hashes: readonly IdHash[]): Promise<boolean[]> {
    return this.seen(hashes);
  }

  /** What was not inserted was never claimed. */
  release(): Promise<void> {
    return Promise.resolve();
  }

  delivered(): void {
    // The insert has filled event_ids.
  }
}
