/** What a rule is. Its SQL is made of constants; what a client sent is bound by `WindowRows`. */
import type { Row } from '@meterhouse/clickhouse';
import type { WindowRows } from '../../usage/read/window-rows';
import type { About, AdviceType, Candidate } from '../advice';

/** One type of advice: a statement, and what its rows say. */
export interface Rule {
  type: AdviceType;
  description: string;
  /** From when on it speaks. */
  thresholds: Readonly<Record<string, number>>;
  /** `raw`: it reads raw events, and looks at `About.raw` alone. `keys`: it is about keys as a whole, under no other filter. */
  reads: 'rollups' | 'raw' | 'keys';
  /** Whether a subject is a key with all its endpoints: the endpoint of a candidate is an example. */
  ofWholeKey?: true;
  /** Whether a subject without any requests is without the fault. */
  endsWithTraffic: boolean;
  /**
   * Rows of subjects with the columns `key`, `name` (the endpoint) and `weight`, by which they are ordered; either name is
   * empty where a subject is of all keys or endpoints.
   */
  sql: (rows: WindowRows, about: About) => string;
  /** @param rows of at most `MAX_ROWS` subjects */
  judge: (rows: readonly Row[], about: About) => Candidate[];
}

/** 12.345 as 12.35. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** One of all in percent, to two decimals; 0 of none. */
export function percent(part: number, whole: number): number {
  return whole > 0 ? rounded((100 * part) / whole) : 0;
}
