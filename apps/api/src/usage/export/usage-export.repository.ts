/** Opens the statements of exports, whose answers go to the client as the engine makes them. */
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { ClickHouse, type Limits, type StreamFormat } from '@meterhouse/clickhouse';
import type { SeriesSource, Source } from '../read/aggregates';
import type { Query } from '../read/sql/source.sql';
import type { ExportFormat } from './format';
import { type BreakdownOptions, type BreakdownTable, breakdownExportQuery } from './sql/breakdown.sql';
import { type GroupColumn, groupedTimeSeriesQuery, timeSeriesQuery } from './sql/time-series.sql';

/** How a statement's answer is wanted. */
export interface ExportOptions {
  format: ExportFormat;
  signal: AbortSignal;
  /** Sums and sorts that outgrow half of the memory go to disk. */
  limits: Limits;
  /** Called when the statement has ended though its bytes are still to be read. */
  written: () => void;
}

const STREAM_FORMAT: Record<ExportFormat, StreamFormat> = {
  csv: 'CSVWithNames',
  ndjson: 'JSONEachRow',
  parquet: 'Parquet',
  arrow: 'ArrowStream',
};

@Injectable()
export class UsageExportRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** A row for every bucket; `buckets` as in `timeSeriesQuery`. */
  timeSeries(
    source: SeriesSource,
    buckets: readonly number[],
    withLatency: boolean,
    options: ExportOptions,
  ): Promise<Readable> {
    return this.open(timeSeriesQuery(source, buckets, { withLatency, format: options.format }), options);
  }

  /** A row for each bucket and group that has requests. */
  groupedTimeSeries(
    source: SeriesSource,
    groups: readonly GroupColumn[],
    withLatency: boolean,
    options: ExportOptions,
  ): Promise<Readable> {
    return this.open(groupedTimeSeriesQuery(source, groups, { withLatency, format: options.format }), options);
  }

  /** A row for each value of the table's dimension. */
  breakdown(
    table: BreakdownTable,
    source: Source,
    breakdown: Omit<BreakdownOptions, 'format'>,
    options: ExportOptions,
  ): Promise<Readable> {
    return this.open(breakdownExportQuery(table, source, { ...breakdown, format: options.format }), options);
  }

  private open({ sql, parameters }: Query, { format, signal, limits, written }: ExportOptions): Promise<Readable> {
    return this.clickhouse.stream(sql, parameters, {
      format: STREAM_FORMAT[format],
      signal,
      limits,
      written,
    });
  }
}
