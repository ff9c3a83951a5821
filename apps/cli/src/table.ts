/** Rows as aligned columns, a line each whatever their cells hold. */
import { escapeControls } from '@meterhouse/common';

/** @param alignRight the columns (by heading) that hold numbers */
export function table(
  headings: readonly string[],
  values: readonly string[][],
  alignRight: readonly string[] = [],
): string {
  const rows = values.map((row) => row.map((cell) => escapeControls(cell)));
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => {
        const width = widths[i] ?? 0;
        return alignRight.includes(headings[i] ?? '') ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [headings, ...rows].map(line).join('\n');
}

/** A cell for an instant: to the minute, or a dash where there is none. */
export function minute(isoText: string | null): string {
  return isoText === null ? '-' : isoText.slice(0, 16).replace('T', ' ');
}
