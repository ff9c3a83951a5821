/** Finds the rows of a refused batch that ClickHouse does not take. */
import type { DeadLetter } from './dead-letters';
import { EventIds } from '../event/event';
import { NO_PATH } from '../event/path-hash';
import { toRows } from '../rows/event-rows';

/** A row that ClickHouse refuses for good, by its position over all rows of the segment. */
export interface Poison {
  position: number;
  letter: DeadLetter;
}

/** Why ClickHouse refuses these rows, or null when it takes them. */
export type Trial = (rows: readonly string[]) => Promise<string | null>;

/** A refusal that no row is the cause of. */
export class NotTheRowsError extends Error {}

/** A search ends after this many trials; rows that it has not come to are found when the rest is refused again. */
export const MAX_TRIALS = 500;

/** A batch of more rows of which so many, spread evenly, are all refused is not refused for its rows. */
const SAMPLE = 16;

/**
 * The rows that ClickHouse refuses, found by halving: k bad rows of n cost about 2k · log2(n) trials.
 * @param positions of the rows to look at
 * @returns at least one where there is one; not all where that takes more than `MAX_TRIALS`
 * @throws NotTheRowsError when a good row is refused as well, or all over a batch of more than a few rows
 */
export async function findPoison(
  rows: readonly string[],
  positions: readonly number[],
  trial: Trial,
): Promise<Poison[]> {
  const reason = await trial([goodRow()]);
  if (reason !== null) throw new NotTheRowsError(`ClickHouse refuses a row that is good as well: ${reason}`);
  await refuseIfAllFail(rows, positions, trial);
  const found: Poison[] = [];
  const parts = [positions];
  for (let trials = 0; trials < MAX_TRIALS; trials++) {
    const part = parts.pop();
    if (part === undefined) break;
    const why = await trial(part.map((position) => rows[position] ?? ''));
    const [position] = part;
    if (why === null || position === undefined) continue;
    const middle = part.length >> 1;
    if (middle > 0) parts.push(part.slice(middle), part.slice(0, middle));
    else found.push({ position, letter: { row: rows[position] ?? '', reason: why } });
  }
  return found;
}

async function refuseIfAllFail(rows: readonly string[], positions: readonly number[], trial: Trial): Promise<void> {
  if (positions.length <= SAMPLE) return;
  let reason: string | null = null;
  for (let index = 0; index < SAMPLE; index++) {
    const position = positions[Math.floor((index * positions.length) / SAMPLE)] ?? 0;
    reason = await trial([rows[position] ?? '']);
    if (reason === null) return;
  }
  throw new NotTheRowsError(`ClickHouse refuses each row of ${positions.length}, which is not for the rows: ${reason}`);
}

/** A row as this version writes it, which ClickHouse takes as long as it takes any. */
function goodRow(): string {
  const now = Date.now();
  const event = {
    accountId: 'trial',
    keyId: 'trial',
    id: new EventIds(now).next(),
    hasClientId: false,
    timestamp: now,
    method: 'GET',
    endpoint: '/',
    pathHash: NO_PATH,
    statusCode: 200,
    latencyMs: 1,
    requestBytes: 0,
    responseBytes: 0,
    errorType: '',
  };
  return toRows([event]).text.toString('utf8');
}
