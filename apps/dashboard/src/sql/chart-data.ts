/** What of an answer can be drawn: its first column of times or of texts, against its columns of numbers. */
import type { Series } from '../chart/series';
import type { Granularity } from '../state/view';
import { type Column, type Rows, cellText, instantOf, isNumber, isText, isTime } from './columns';

/** More bars than these are a table. */
const MAX_BARS = 50;
const MAX_POINTS = 11_000;

/** Milliseconds, at least, between the starts of neighbours. */
const STEPS: readonly (readonly [Granularity, number])[] = [
  ['month', 28 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 23 * 3_600_000],
  ['hour', 3_600_000],
  ['minute', 0],
];

/** The columns of a chart with one line. */
export type Points = Pick<Series, 'starts' | 'ends' | 'partial'> & { values: (number | null)[] };

export type Drawing =
  | { kind: 'times'; numbers: string[]; granularity: Granularity; points: (number: string) => Points }
  | { kind: 'texts'; numbers: string[]; bars: (number: string) => { label: string; value: number }[] }
  /** @property reason why there is no chart, in words */
  | { kind: 'none'; reason: string };

export function drawingOf(columns: readonly Column[], rows: Rows): Drawing {
  const numbers = columns.filter(({ type }) => isNumber(type)).map(({ name }) => name);
  const across = columns.findIndex(({ type }) => isTime(type) || isText(type));
  const axis = columns[across];
  if (rows.length === 0) return { kind: 'none', reason: 'There is no row to draw.' };
  if (!axis || numbers.length === 0) {
    return { kind: 'none', reason: 'A chart takes a column of times or texts, and one of numbers.' };
  }
  const valueOf = (row: readonly unknown[], number: string): number | null => {
    const cell = row[columns.findIndex(({ name }) => name === number)];
    return cell === null || cell === undefined ? null : Number(cell);
  };
  if (!isTime(axis.type)) {
    const bars = (number: string): { label: string; value: number }[] =>
      rows
        .slice(0, MAX_BARS)
        .map((row) => ({ label: cellText(row[across]) ?? 'null', value: valueOf(row, number) ?? 0 }));
    return { kind: 'texts', numbers, bars };
  }
  return timesOf(rows, (row) => instantOf(row[across], axis.type), numbers, valueOf);
}

function timesOf(
  rows: Rows,
  startOf: (row: readonly unknown[]) => number | null,
  numbers: string[],
  valueOf: (row: readonly unknown[], number: string) => number | null,
): Drawing {
  if (rows.length > MAX_POINTS) return { kind: 'none', reason: `A chart takes at most ${MAX_POINTS} rows.` };
  const points = rows.map((row) => ({ row, start: startOf(row) ?? NaN })).sort((a, b) => a.start - b.start);
  if (points.some(({ start }) => Number.isNaN(start))) {
    return { kind: 'none', reason: 'A chart takes times in UTC, without null.' };
  }
  const gaps = points.slice(1).map(({ start }, index) => start - (points[index]?.start ?? 0));
  if (gaps.includes(0)) {
    return { kind: 'none', reason: 'Several rows have the same time: group by it for a chart.' };
  }
  const step = gaps.length === 0 ? 3_600_000 : Math.min(...gaps);
  const granularity = STEPS.find(([, least]) => step >= least)?.[0] ?? 'minute';
  return {
    kind: 'times',
    numbers,
    granularity,
    points: (number) => drawn(points, step, (row) => valueOf(row, number)),
  };
}

function drawn<Row>(
  rows: readonly { row: Row; start: number }[],
  step: number,
  valueOf: (row: Row) => number | null,
): Points {
  const [starts, ends, values]: [number[], number[], (number | null)[]] = [[], [], []];
  for (const { row, start } of rows) {
    const before = starts.at(-1);
    // A time that is missing between its neighbours is a gap.
    if (before !== undefined && start - before > step * 1.5) {
      starts.push(before + step);
      ends.push(start);
      values.push(null);
    }
    starts.push(start);
    ends.push(start + step);
    values.push(valueOf(row));
  }
  return { starts, ends, values, partial: starts.map(() => false) };
}
