import type { CallerAnswer } from '@meterhouse/clickhouse';

const LINE_END = 0x0a;

/**
 * The answer of `POST /sql` out of the engine's lines of JSON arrays: names, types, and a row each.
 * @param maxRows more rows than these are cut off, and said
 */
export function answerText(answer: CallerAnswer, maxRows: number, timestamp: string): string {
  const { bytes, rowsRead, bytesRead, elapsedMs } = answer;
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const namesEnd = lines.indexOf(LINE_END);
  const typesEnd = lines.indexOf(LINE_END, namesEnd + 1);
  const names = JSON.parse(lines.toString('utf8', 0, namesEnd)) as string[];
  const types = JSON.parse(lines.toString('utf8', namesEnd + 1, typesEnd)) as string[];
  const columns = names.map((name, index) => ({ name, type: types[index] }));
  let end = typesEnd + 1;
  let rows = 0;
  for (let next = lines.indexOf(LINE_END, end); next >= 0 && rows < maxRows; next = lines.indexOf(LINE_END, end)) {
    end = next + 1;
    rows += 1;
  }
  const text = lines.toString('utf8', typesEnd + 1, Math.max(typesEnd + 1, end - 1)).replaceAll('\n', ',');
  const tail = {
    truncated: end < lines.length,
    statistics: { rowsRead, bytesRead, elapsedMs: Math.round(elapsedMs * 1_000) / 1_000 },
    timestamp,
  };
  return `{"success":true,"columns":${JSON.stringify(columns)},"rows":[${text}],${JSON.stringify(tail).slice(1)}`;
}
