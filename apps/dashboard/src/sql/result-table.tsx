/** The rows of an answer, a hundred at a time. */
import { type ReactNode, useState } from 'react';
import { count } from '../format/format';
import { type Cell, type Column, type Rows, cellText, isNumber } from './columns';

const PAGE = 100;

export function ResultTable({ columns, rows }: { columns: readonly Column[]; rows: Rows }): ReactNode {
  const [page, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const first = page * PAGE;
  return (
    <>
      <div className="scroll result" tabIndex={0} role="region" aria-label="Rows">
        <table>
          <thead>
            <tr>
              {columns.map(({ name, type }, index) => (
                <th key={index} scope="col" className={isNumber(type) ? 'number' : undefined}>
                  {name}
                  <span className="type">{type}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(first, first + PAGE).map((row, index) => (
              <tr key={first + index}>
                {columns.map(({ type }, at) => (
                  <td key={at} className={isNumber(type) ? 'number' : undefined}>
                    <CellText cell={row[at]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <nav className="pages" aria-label="Pages of rows">
          <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Previous
          </button>
          <span aria-live="polite">
            {count(first + 1)} – {count(Math.min(rows.length, first + PAGE))} of {count(rows.length)}
          </span>
          <button type="button" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            Next
          </button>
        </nav>
      )}
    </>
  );
}

function CellText({ cell }: { cell: Cell }): ReactNode {
  const text = cellText(cell);
  return text === null ? <span className="null">null</span> : text;
}
