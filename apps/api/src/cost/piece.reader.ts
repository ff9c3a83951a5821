/** Reads the counts of pieces and prices them. Instants are epoch milliseconds. */
import { Injectable } from '@nestjs/common';
import { RESOLUTIONS, Settings, iso } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import { type ByRule, type UsageCounts, countsOf } from '../usage/read/counts';
import { CountsReader, type ReadOptions } from '../usage/read/counts.reader';
import type { Filters } from '../usage/request/filters';
import { type ReadPlan, readPlanOf } from '../usage/request/read-plan';
import { isReadable, keptSince } from '../usage/request/retained';
import type { CostWindow } from './cost-window';
import type { Piece } from './parts';
import { type PricedPiece, pricePiece } from './price-piece';
import { rulesOf } from './rules';

/** What is to be priced. */
export interface CostRead {
  scope: string;
  filters: Filters;
  /** Whether they leave requests out. */
  isFiltered: boolean;
  window: CostWindow;
  /** Whether retries are counted, for which raw events are read. */
  withRetries: boolean;
  now: number;
}

/** A piece with what was counted of it, and its price where it has a plan. */
export interface ReadPiece extends Piece {
  counts: UsageCounts;
  priced: PricedPiece | null;
}

@Injectable()
export class PieceReader {
  constructor(
    private readonly counts: CountsReader,
    private readonly settings: Settings,
  ) {}

  /** @throws ApiException INVALID_PARAMETERS where rows that are needed are gone */
  read(read: CostRead, pieces: readonly Piece[], options: ReadOptions): Promise<ReadPiece[]> {
    return Promise.all(
      pieces.map(async (piece): Promise<ReadPiece> => {
        const { counts, retries } = await this.countsOf(piece, read, options);
        const { version, parts } = piece;
        const priced = version && pricePiece(version.plan, parts, { ...counts, retries }, read.window, read.isFiltered);
        return { ...piece, counts, priced };
      }),
    );
  }

  /** Of what is before the window all that tiers need is counted: from the start of its part on. */
  private async countsOf(
    { from, to, version, parts }: Piece,
    { scope, filters, window, withRetries, now }: CostRead,
    options: ReadOptions,
  ): Promise<{ counts: UsageCounts; retries: ByRule | null }> {
    const rules = version ? rulesOf(version.plan) : [];
    const start = parts[0]?.from ?? from;
    const end = to === window.to ? window.readTo : Math.min(to, window.readTo);
    if (start >= end) return { counts: countsOf([], rules.length), retries: withRetries ? [] : null };
    const edges = [start, from, ...parts.map((part) => part.from), ...window.starts, ...window.hours];
    const cuts = [...new Set(edges)].filter((at) => at >= start && at < end).sort((a, b) => a - b);
    const plan = readPlanOf('detail', { from: start, to: end }, cuts, 'day');
    this.refuseGone(plan, now);
    const read = { scope, plan, cuts, rules, filters, countedFrom: from };
    if (withRetries) this.refuseWithoutRaw(from, now);
    const [counts, retries] = await Promise.all([
      this.counts.counts(read, options),
      withRetries ? this.counts.retries(read, { from, to: end }, options) : null,
    ]);
    return { counts, retries };
  }

  private refuseWithoutRaw(from: number, now: number): void {
    const { retention } = this.settings;
    if (isReadable('detail', 'minute', from, now, retention)) return;
    const since = keptSince(true, 'minute', now, retention);
    const message = `Retries are counted in raw events, which are kept since ${since} only: leave includeRetries out.`;
    throw new ApiException('INVALID_PARAMETERS', message, [{ field: 'includeRetries', message }]);
  }

  private refuseGone({ spans }: ReadPlan, now: number): void {
    const { retention } = this.settings;
    for (const level of RESOLUTIONS) {
      const [first] = spans[level];
      if (!first || isReadable('detail', level, first.from, now, retention)) continue;
      const rows = level === 'minute' ? 'raw events' : `${level} rollups`;
      const message =
        `This needs ${rows} of ${iso(first.from)}, which are kept since ${keptSince(true, level, now, retention)} only: ` +
        'use a later window, coarser buckets, or timezone=UTC.';
      throw new ApiException('INVALID_PARAMETERS', message, [{ field: 'from', message }]);
    }
  }
}
