/** A list of things as a table whose columns sort it; in a narrow window each row is a card. */
import type { ReactNode } from 'react';

export interface Column<Row> {
  /** Unique; also what `sort` names. */
  id: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand to the right. */
  numeric?: boolean;
  /** Whether the list can be sorted by it, and which way at first. */
  sort?: 'asc' | 'desc';
}

export interface Sort {
  by: string;
  order: 'asc' | 'desc';
}

interface Props<Row> {
  /** What the table is, for screen readers. */
  caption: string;
  /** The first names the row. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** What stands there without rows. */
  empty: ReactNode;
  /** Whether the rows are those of an earlier question. */
  stale?: boolean;
}

export function DataTable<Row>(props: Props<Row>): ReactNode {
  const { caption, columns, rows, rowKey, sort, onSort, empty, stale = false } = props;
  if (rows.length === 0) return <div className="note table-empty">{empty}</div>;
  const [first, ...others] = columns;
  return (
    <table className="data-table" data-stale={stale} aria-busy={stale}>
      <caption className="hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {first && <th scope="row">{first.cell(row)}</th>}
            {others.map(({ id, title, numeric, cell }) => (
              <td key={id} className={numeric ? 'numeric' : undefined} data-title={title}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HeadProps<Row> {
  column: Column<Row>;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
}

function HeadCell<Row>({ column, sort, onSort }: HeadProps<Row>): ReactNode {
  const { id, title, numeric, sort: first } = column;
  const current = sort?.by === id ? sort.order : undefined;
  const className = [numeric ? 'numeric' : '', first && onSort ? 'sortable' : ''].join(' ').trim() || undefined;
  if (first === undefined || !onSort) {
    return (
      <th scope="col" className={className}>
        {title}
      </th>
    );
  }
  const next = current === undefined ? first : current === 'asc' ? 'desc' : 'asc';
  return (
    <th
      scope="col"
      className={className}
      aria-sort={current === undefined ? undefined : current === 'asc' ? 'ascending' : 'descending'}
    >
      <button type="button" className="quiet" onClick={() => onSort({ by: id, order: next })}>
        {title} <span aria-hidden="true">{current === undefined ? '' : current === 'asc' ? '↑' : '↓'}</span>
      </button>
    </th>
  );
}
