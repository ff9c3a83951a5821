/** The figures of an answer as a table in CSV (RFC 4180). */
import { type CsvCell, csvOf } from '@meterhouse/common';
import type { CostResponseDto } from './dto/cost-response.dto';

const HEADINGS = ['section', 'id', 'name', 'requests', 'units', 'includedUnits', 'billableUnits', 'amount', 'currency'];

/** One row for each line, figure, unpriced reason, key, endpoint and bucket, by `section`. */
export function costCsv(cost: CostResponseDto): string {
  const row = (
    section: string,
    cells: { id?: CsvCell; name?: CsvCell; requests?: CsvCell; units?: CsvCell[]; amount?: CsvCell },
  ): CsvCell[] => {
    const [units = null, included = null, billable = null] = cells.units ?? [];
    const { id = null, name = null, requests = null, amount = null } = cells;
    return [section, id, name, requests, units, included, billable, amount, amount === null ? null : cost.currency];
  };
  const { flatFee, discount, maximumCut, minimumTopUp, total } = cost;
  const rows: CsvCell[][] = [
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
  return csvOf(rows);
}
