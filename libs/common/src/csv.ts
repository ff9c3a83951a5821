/** Tables in CSV (RFC 4180), for people's spreadsheets. */

export type CsvCell = string | number | bigint | null;

/** The rows as text, each ended by CRLF; null is an empty field. What a spreadsheet would compute follows an apostrophe. */
export function csvOf(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = /^[=+@\t\r\n]|^-(?!\d)/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
