/** Exports usage: the same windows, filters and figures as `GET /usage`, as rows that are never all in memory. */
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Clock, HOUR, bucketStartIn, reasonOf } from '@meterhouse/common';
import { ApiException } from '../../http/api-exception';
import type { AccountScope } from '../../auth/key';
import { KeyRegistry } from '../../auth/key-registry';
import { QueryGate } from '../../admission/query-gate';
import { filtersOf, groupColumnsOf, windowRequestOf } from '../request/usage-request';
import { UsageReader } from '../read/usage.reader';
import { UsageService } from '../usage.service';
import { type Window, pointsOf } from '../request/window';
import type { ExportQueryDto } from './dto/export-query.dto';
import type { ExportFormat } from './format';
import type { ExportTable } from './table';
import { type ExportOptions, UsageExportRepository } from './usage-export.repository';
import type { Filters, Column } from '../request/filters';

/** Buckets go out as they are made: two years of minutes are no burden. */
const MAX_EXPORTED_POINTS = 1_000_000;

/** An export that has begun. */
export interface UsageExport {
  /** Its bytes; to be destroyed when they are not read to the end. */
  bytes: Readable;
  /** Of a file for it, without an extension. */
  fileName: string;
}

@Injectable()
export class UsageExportService {
  private readonly logger = new Logger('Exports');

  constructor(
    private readonly usage: UsageService,
    private readonly reader: UsageReader,
    private readonly repository: UsageExportRepository,
    private readonly keys: KeyRegistry,
    private readonly gate: QueryGate,
    private readonly clock: Clock,
  ) {}

  /**
   * Answers once there is something to send, and has its place among the exports until the bytes are closed.
   * @param signal stops it at any time
   * @throws ApiException KEY_NOT_FOUND for a key outside the scope, GRANULARITY_TOO_FINE for too many buckets,
   * INVALID_PARAMETERS for parameters that contradict each other or ask for too much, OVERLOADED when too many wait
   */
  async open(
    scope: AccountScope,
    query: ExportQueryDto,
    format: ExportFormat,
    signal: AbortSignal,
  ): Promise<UsageExport> {
    this.usage.keysAskedFor(scope, query.keyId);
    refuseGroupsOfBreakdown(query);
    const columns = groupColumnsOf(query, scope);
    const request = { ...windowRequestOf(query), mostPoints: MAX_EXPORTED_POINTS };
    return new Promise((answer, reject) => {
      const whole = this.gate.runExport(scope, signal, async (stopped, limits, written) => {
        const of = { scope, filters: filtersOf(query) };
        const window = await this.reader.window(of, request, this.clock.now(), { signal: stopped, limits });
        const bytes = await this.read(of, window, query, columns, { format, signal: stopped, limits, written });
        answer({ bytes, fileName: fileNameOf(query.table, window) });
        await this.closed(bytes, stopped);
      });
      whole.catch(reject);
    });
  }

  /** Whoever sends the bytes sees their error too, but has no words for it. */
  private async closed(bytes: Readable, stopped: AbortSignal): Promise<void> {
    try {
      await finished(bytes);
    } catch (error) {
      if (!stopped.aborted) this.logger.warn(`An export broke off: ${reasonOf(error)}`);
      throw error;
    }
  }

  private read(
    of: { scope: AccountScope; filters: Filters },
    window: Window,
    { table, groupBy, includeLatency }: ExportQueryDto,
    columns: readonly Column[],
    options: ExportOptions,
  ): Promise<Readable> {
    if (table !== 'timeSeries') {
      const breakdown = { withLatency: includeLatency, keyNames: this.keyNames(of.scope, table) };
      return this.repository.breakdown(table, { ...of, plan: window.whole }, breakdown, options);
    }
    const source = this.reader.seriesSource(of, window);
    if (columns.length === 0) {
      return this.repository.timeSeries(source, bucketsOf(window), includeLatency, options);
    }
    const groups = columns.map((column, index) => ({ column, name: groupBy[index] ?? column }));
    return this.repository.groupedTimeSeries(source, groups, includeLatency, options);
  }

  private keyNames(scope: AccountScope, table: ExportTable): Map<string, string> {
    return new Map(table === 'keys' ? this.keys.list(scope).map(({ id, name }) => [id, name]) : []);
  }
}

function refuseGroupsOfBreakdown({ table, groupBy }: ExportQueryDto): void {
  if (table === 'timeSeries' || groupBy.length === 0) return;
  throw new ApiException('INVALID_PARAMETERS', `groupBy splits the time series; leave it out with table=${table}.`, [
    { field: 'groupBy', message: `Leave groupBy out, or table=${table}.` },
  ]);
}

/** The starts of all buckets; of minutes and hours of UTC, which may be a million, the first and the last. */
function bucketsOf(window: Window): number[] {
  const { granularity, calendar, from, to, starts } = window;
  if (starts.length > 0) return pointsOf(window, null);
  const last = pointsOf({ ...window, from: Math.max(from, to - HOUR) }, null).slice(-1);
  return [bucketStartIn(granularity, from, calendar), ...last];
}

function fileNameOf(table: ExportTable, { from, to }: Window): string {
  return `meterhouse-usage-${table}-${compact(from)}-${compact(to)}`;
}

/** Basic ISO 8601 in seconds: no file system minds it. */
function compact(at: number): string {
  return `${new Date(at).toISOString().replace(/[-:]|\.\d+Z$/g, '')}Z`;
}
