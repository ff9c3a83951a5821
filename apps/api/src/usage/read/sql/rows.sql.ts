/** Makes aggregates of the rows that the statements of usage answer. */
import type { Row } from '@meterhouse/clickhouse';
import { toSums } from '@meterhouse/clickhouse/rollups';
import type { Slices } from '@meterhouse/common';
import {
  type CountBounds,
  type Group,
  NO_TRAFFIC,
  type PeakContext,
  type PeakSources,
  type RecentContext,
  type RecentSources,
  type Series,
  type Traffic,
} from '../aggregates';
import { type BreakdownRow, type PartRow, type PartRows, type RankedRow, toTraffic } from '../breakdown-rows';
import { kindOf } from './breakdown.sql';
import { type CodeCounts, readState } from './latency-state';

/** Latencies take as much as a row of the cache for each of these. */
const CODES_OF_A_ROW = 32;

export async function toSeries(rows: readonly Row[], withLatency: boolean, slices: Slices): Promise<Series> {
  const series = new SeriesOfRows(withLatency);
  await slices.each(rows, (row) => series.add(row));
  return series;
}

export async function toGroups(
  rows: readonly Row[],
  values: readonly string[][],
  withLatency: boolean,
  slices: Slices,
): Promise<Group[]> {
  const byNumber = new Map<number, SeriesOfRows>();
  await slices.each(rows, (row) => {
    const number = row.number('group_number');
    const series = byNumber.get(number) ?? new SeriesOfRows(withLatency);
    byNumber.set(number, series);
    series.add(row);
  });
  // A group whose events were deleted since it was found has no rows.
  return [...values.keys(), -1].flatMap((index) => {
    const series = byNumber.get(index + 1);
    return series ? { values: values[index] ?? null, total: series.total, points: series.points } : [];
  });
}

/** A series, row by row. */
class SeriesOfRows implements Series {
  total = NO_TRAFFIC;
  readonly points = new Map<number, Traffic>();

  constructor(private readonly withLatency: boolean) {}

  add(row: Row): void {
    const point = row.number('point');
    const traffic = toTraffic(toSums(row), codesOf(row, this.withLatency));
    if (point === 0) this.total = traffic;
    else this.points.set(point * 1_000, traffic);
  }
}

function toBreakdownRow(row: Row): BreakdownRow {
  return {
    ...toSums(row),
    kind: kindOf(row.number('grouped')),
    endpoint: row.string('endpoint'),
    method: row.string('method'),
    statusCode: row.number('status_code'),
    errorType: row.string('error_type'),
    keyId: row.string('key_id'),
    lastAt: row.number('last_request_at'),
  };
}

export function toRankedRow(row: Row, withLatency: boolean): RankedRow {
  return { ...toBreakdownRow(row), codes: codesOf(row, withLatency) };
}

export function toPartRow(row: Row, withLatency: boolean): PartRow {
  return { ...toBreakdownRow(row), latencies: latenciesOf(row, withLatency) };
}

export function latenciesOf(row: Row, withLatency: boolean): CodeCounts[] {
  const state = withLatency ? row.string('latency_state') : '';
  return state === '' ? [] : [readState(Buffer.from(state, 'base64'))];
}

/** How much of the cache they take, in rows. */
export function sizeOfParts(rows: PartRows): number {
  const codes = ({ latencies }: PartRow): number => latencies.reduce((sum, part) => sum + part.codes.length, 0);
  return rows.reduce((size, row) => size + 2 + codes(row) / CODES_OF_A_ROW, 0);
}

export function sortedOut(rows: readonly Row[]): { points: Row[]; others: Row[] } {
  const isPoint = (row: Row): boolean => kindOf(row.number('grouped')) === 'point';
  return { points: rows.filter(isPoint), others: rows.filter((row) => !isPoint(row)) };
}

const codesOf = (row: Row, withLatency: boolean): (number | null)[] =>
  withLatency ? row.numbersOrNull('latency_codes') : [];

export function toPeaks(rows: readonly Row[], { fullestHour, previous }: PeakSources): PeakContext {
  const rowOf = (step: string): Row | undefined => rows.find((row) => row.string('step') === step);
  const [minute, hour] = [rowOf('minute'), rowOf('hour')];
  return {
    peakRequestsPerMinute: minute?.number('fullest') ?? null,
    peakRequestsPerHour: fullestHour && hour ? hour.number('fullest') : null,
    previous: previous && hour ? toPrevious(hour) : null,
  };
}

export function toRecent(row: Row | undefined, sources: RecentSources): RecentContext {
  return {
    requests: row && sources.peaksIn ? row.number('requests_there') : null,
    peakRequestsPerMinute: row && sources.peaksIn ? row.number('fullest_minute') : null,
    peakRequestsPerHour: row && sources.peaksIn && sources.withHour ? row.number('fullest_hour') : null,
    previous: row && sources.previousIn ? toPrevious(row) : null,
    running: [...(row?.sums('running') ?? [])].map(([keyId, [minute = 0, hour = 0, day = 0]]) => ({
      keyId,
      minute,
      hour,
      day,
    })),
  };
}

function toPrevious(row: Row): CountBounds {
  const atLeast = row.number('previous');
  return { atLeast, atMost: atLeast + row.number('previous_cut') };
}
