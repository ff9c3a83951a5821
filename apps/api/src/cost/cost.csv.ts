/** The figures of an answer as a table in CSV (RFC 4180). */
import type { CostResponseDto } from './dto/cost-response.dto';

const HEADINGS = ['section', 'id', 'name', 'requests', 'units', 'includedUnits', 'billableUnits', 'amount', 'currency'];

type Cell = string | number | bigint | null;

/** One row for each line, figure, unpriced reason, key, endpoint and bucket, by `section`. */
export function costCsv(cost: CostResponseDto): string {
  const row = (
    section: string,
    cells: { id?: Cell; name?: Cell; requests?: Cell; units?: Cell[]; amount?: Cell },
  ): Cell[] => {
    const [units = null, included = null, billable = null] = cells.units ?? [];
    const { id = null, name = null, requests = null, amount = null } = cells;
    return [section, id, name, requests, units, included, billable, amount, amount === null ? null : cost.currency];
  };
  const { flatFee, discount, maximumCut, minimumTopUp, total } = cost;
  const rows: Cell[][] = [
    HEADINGS,
    ...cost.lines.map(({ priceId, name, units, includedUnits, billableUnits, amount }) =>
      row('line', { id: priceId, name, units: [units, includedUnits, billableUnits], amount }),
    ),
    ...Object.entries({ flatFee, discount, maximumCut, minimumTopUp, total }).map(([section, amount]) =>
      row(section, { amount }),
    ),
    ...cost.unpriced.map(({ reason, requests }) => row('unpriced', { id: reason, requests })),
    ...cost.byKey.map(({ keyId, name, requests, amount }) => row('key', { id: keyId, name, requests, amount })),
    ...cost.byEndpoint.map(({ endpoint, requests, amount }) => row('endpoint', { id: endpoint, requests, amount })),
    ...cost.timeSeries.map(({ timestamp, amount }) => row('bucket', { id: timestamp, amount })),
  ];
  return `${rows.map((cells) => cells.map(cellText).join(',')).join('\r\n')}\r\n`;
}

/** What a spreadsheet would compute follows an apostrophe, as in the exports. */
function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = /^[=+@\t\r\n]|^-(?!\d)/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
