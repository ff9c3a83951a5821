import { DAY } from '@meterhouse/common';
import { DEDUPLICATION_DAYS, Deduplicator } from './deduplicator';
import type { IdList } from '../ids/id-list';

/**
 * For a ClickHouse server without Redis: looks every id up in `event_ids`, which the insert of the events itself fills.
 * There is no moment at which an event is stored and its id is not known, whichever instance stored it. Two instances
 * that seal the same event in the same moment do both pass; that takes Redis.
 */
export class ServerDeduplicator extends Deduplicator {
  async seen(ids: IdList): Promise<boolean[]> {
    if (ids.length === 0) return [];
    const hashes = [...ids];
    const from = this.clock.now() - DEDUPLICATION_DAYS * DAY;
    const stored = await this.ids.stored(hashes, { from, to: Infinity });
    return hashes.map((hash) => stored.has(hash));
  }

  claim(ids: IdList): Promise<boolean[]> {
    return this.seen(ids);
  }

  /** What was not inserted was never claimed. */
  release(): Promise<void> {
    return Promise.resolve();
  }

  delivered(): void {
    // The insert has filled event_ids.
  }
}
