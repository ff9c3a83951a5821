/** Remembers which windows were found with rollups that disagree. */
import { Injectable } from '@nestjs/common';
import { Clock, MINUTE, floorTo } from '@meterhouse/common';
import { LRUCache } from 'lru-cache';
import type { Counter } from 'prom-client';
import { Metrics } from '../../monitoring/metrics';
import { Readiness } from '../../monitoring/readiness';
import type { SumsRead } from './sums-read';

/** From the last answer whose rollups disagreed. */
const REMEMBERED_MS = MINUTE;
const MAX_WINDOWS = 1_000;

/**
 * Rollups disagree for good where a part of a table was lost. A window that was found so is not read again and again until
 * its statements agree, as one is that an insert has half reached. Readiness and metrics report it.
 */
@Injectable()
export class Drift {
  /** When each was last found, in epoch milliseconds. */
  private readonly found = new LRUCache<string, number>({ max: MAX_WINDOWS });
  private readonly answers: Counter;

  constructor(
    private readonly clock: Clock,
    metrics: Metrics,
    readiness: Readiness,
  ) {
    this.answers = metrics.counter('usage_disagreements_total', 'Answers of GET /usage whose rollups disagreed.');
    readiness.watch('rollups', () => this.warning());
  }

  /** Whether the window was found so within the last minute. */
  isKnown(read: SumsRead): boolean {
    return this.isRecent(this.found.get(keyOf(read)));
  }

  /** Notes what an answer found. @returns whether this is news */
  note(read: SumsRead, agrees: boolean): boolean {
    const key = keyOf(read);
    const isNews = !this.isRecent(this.found.peek(key));
    if (agrees) this.found.delete(key);
    else {
      this.found.set(key, this.clock.now());
      this.answers.inc();
    }
    return !agrees && isNews;
  }

  private isRecent(at: number | undefined): boolean {
    return at !== undefined && Math.abs(this.clock.now() - at) < REMEMBERED_MS;
  }

  private warning(): string | null {
    const windows = [...this.found.values()].filter((at) => this.isRecent(at)).length;
    if (windows === 0) return null;
    return `Rollups disagree in ${windows} window(s) that were read in the last minute: run \`meterhouse reconcile\`.`;
  }
}

/** The bounds of a running window move with each minute; its days do not. */
function keyOf({ scope, filters, window: { from, readTo } }: SumsRead): string {
  return JSON.stringify([scope, filters, floorTo('day', from), floorTo('day', readTo)]);
}
