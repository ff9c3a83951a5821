/** Checks that the engine stores latency states in the form that `readState` reads: it is not documented. */
import type { Row } from '@meterhouse/clickhouse';
import { LEVELS } from '@meterhouse/clickhouse/rollups';
import { percentileCodes, readState } from './latency-state';
import type { Query } from './source.sql';

/** States of nothing, of a few values, of some, and of many; above 1,024 codes are 16 apart. */
export function stateCheckQuery(): Query {
  const sql = `
SELECT
    base64Encode(CAST(quantilesTimingStateIf(${LEVELS})(code, value > 0) AS String)) AS latency_state,
    quantilesTimingIf(${LEVELS})(code, value > 0) AS latency_codes,
    countIf(value > 0) AS timed_count
FROM
(
    SELECT
        pair.1 AS size,
        arrayJoin(range(size + 1)) AS value,
        value * 7919 % pair.2 AS step,
        toUInt16(if(step < 1024, step, step - step % 16)) AS code
    FROM (SELECT arrayJoin([(0, 30000), (7, 30000), (900, 30000), (9000, 30000)]) AS pair)
)
GROUP BY size`;
  return { sql, parameters: {} };
}

/** Whether every state says of its values what the engine itself says of them. */
export function areStatesReadable(rows: readonly Row[]): boolean {
  return rows.every((row) => {
    try {
      const counts = readState(Buffer.from(row.string('latency_state'), 'base64'));
      if ((counts.upTo.at(-1) ?? 0) !== row.number('timed_count')) return false;
      if (row.number('timed_count') === 0) return true;
      const codes = row.numbersOrNull('latency_codes');
      return percentileCodes([counts]).every((code, index) => isSameCode(code ?? NaN, codes[index] ?? NaN));
    } catch {
      return false;
    }
  });
}

/** The engine returns up to 8 below or 7 above a code from 1,024 on, where it counts values in steps of 16. */
function isSameCode(code: number, ofEngine: number): boolean {
  return code === ofEngine || (code >= 1_024 && ofEngine >= code - 8 && ofEngine <= code + 7);
}
