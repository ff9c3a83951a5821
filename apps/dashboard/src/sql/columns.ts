/** What the columns of an answer are, by ClickHouse's types. */

export interface Column {
  name: string;
  type: string;
}

/** Null, a truth value, a number, a text, or lists of these. */
export type Cell = unknown;
export type Rows = readonly (readonly Cell[])[];

/** The type inside `Nullable(…)` and `LowCardinality(…)`. */
function innerType(type: string): string {
  const inner = /^(?:Nullable|LowCardinality)\((.*)\)$/s.exec(type)?.[1];
  return inner === undefined ? type : innerType(inner);
}

/** @example isNumber('Nullable(Float64)') // true */
export function isNumber(type: string): boolean {
  return /^(U?Int\d+|B?Float\d+|Decimal\d*(\(.*\))?)$/.test(innerType(type));
}

export function isTime(type: string): boolean {
  return /^Date(32|Time|Time64)?(\(.*\))?$/.test(innerType(type));
}

export function isText(type: string): boolean {
  return /^(String|FixedString\(\d+\)|Enum\d*\(.*\)|UUID|IPv[46])$/s.test(innerType(type));
}

/** A cell as text, exactly as the engine says it; null stays null. */
export function cellText(cell: Cell): string | null {
  if (cell === null || cell === undefined) return null;
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

/**
 * The instant of a cell of a column with times: of its zone where it is named, else UTC.
 * @returns null for what is no time, and for zones other than UTC, whose clock is not a line
 */
export function instantOf(cell: Cell, type: string): number | null {
  if (typeof cell !== 'string') return null;
  const zone = /'([^']+)'\)$/.exec(innerType(type))?.[1] ?? 'UTC';
  const at = Date.parse(`${cell.replace(' ', 'T')}${cell.length > 10 ? 'Z' : 'T00:00:00Z'}`);
  return Number.isNaN(at) || zone !== 'UTC' ? null : at;
}
