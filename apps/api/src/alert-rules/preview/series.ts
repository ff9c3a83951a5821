/** The values of the windows of a preview, thinned out so that no peak is lost. */
import { iso } from '@meterhouse/common';
import type { Judgement } from '../evaluation/judge';
import type { PreviewPointDto } from './dto/preview.dto';

/** The most points of a series. */
export const MAX_POINTS = 2_000;

interface Point {
  low: number | null;
  high: number | null;
  threshold: number | null;
  /** The end of the window that the threshold is of. */
  comparedTo: number;
}

export class PreviewSeries {
  private readonly size: number;
  private readonly indexes: ReadonlyMap<number, number>;
  private readonly found: Point[];

  /** @param ends of the windows, ascending; epoch milliseconds */
  constructor(private readonly ends: readonly number[]) {
    this.size = Math.max(1, Math.ceil(ends.length / MAX_POINTS));
    this.indexes = new Map(ends.map((end, index) => [end, Math.floor(index / this.size)]));
    this.found = Array.from({ length: Math.ceil(ends.length / this.size) }, () => ({
      low: null,
      high: null,
      threshold: null,
      comparedTo: 0,
    }));
  }

  add({ end, value, threshold }: Pick<Judgement, 'end' | 'value' | 'threshold'>): void {
    const point = this.found[this.indexes.get(end) ?? -1];
    if (!point) return;
    if (value !== null) {
      point.low = Math.min(point.low ?? value, value);
      point.high = Math.max(point.high ?? value, value);
    }
    if (threshold !== null && end >= point.comparedTo) {
      point.threshold = threshold;
      point.comparedTo = end;
    }
  }

  points(): PreviewPointDto[] {
    return this.found.map(({ low, high, threshold }, index) => {
      const ends = this.ends.slice(index * this.size, (index + 1) * this.size);
      return { from: iso(ends[0] ?? 0), to: iso(ends.at(-1) ?? 0), low, high, threshold };
    });
  }
}
