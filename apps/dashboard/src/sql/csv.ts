/** A result as a CSV file (RFC 4180), as the service writes its exports. */
import { type Column, type Rows, cellText, isNumber } from './columns';

/** What a spreadsheet would compute; after an apostrophe it does not. */
const COMPUTED = /^[=+\-@\t\r\n]/;

export function csvOf(columns: readonly Column[], rows: Rows): string {
  const line = (fields: readonly string[]): string => `${fields.join(',')}\n`;
  const header = line(columns.map(({ name }) => quoted(name)));
  const body = rows.map((row) => line(columns.map(({ type }, index) => fieldOf(cellText(row[index]), isNumber(type)))));
  return header + body.join('');
}

/** No value is an empty field; an empty text is an empty one in quotes. */
function fieldOf(text: string | null, plain: boolean): string {
  if (text === null) return '';
  return plain ? text : quoted(COMPUTED.test(text) ? `'${text}` : text);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
