import { Fragment, type ReactNode, useState } from 'react';
import type { View } from '../state/view';
import { ViewLink } from '../ui/view-link';

/** Rows before "show all". */
const FEW = 8;

export interface BarRow {
  /** What the row filters by. */
  value: string;
  label?: string;
  hint?: string;
  /** Whether it cannot be filtered by. */
  fixed?: boolean;
  /** What the bar's length is a share of the largest by, and how much of it failed. */
  size: number;
  failed: number;
  cells: string[];
}

interface Props {
  title: string;
  columns: string[];
  rows: readonly BarRow[];
  /** What stands there without rows. */
  empty: string;
  chosen: readonly string[];
  onChoose: (value: string) => void;
  /** The page of a row; undefined where it has none. */
  pageOf?: (value: string) => View | undefined;
  /** Beside the title. */
  action?: ReactNode;
}

/** A table whose rows are bars, and buttons. */
export function BarTable({ title, columns, rows, empty, chosen, onChoose, pageOf, action }: Props): ReactNode {
  const [all, setAll] = useState(false);
  const largest = Math.max(1, ...rows.map(({ size }) => size));
  const width = (part: number): { width: string } => ({ width: `${((part / largest) * 100).toFixed(2)}%` });
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        {action}
      </div>
      {rows.length === 0 && <p className="note">{empty}</p>}
      {rows.length > 0 && (
        <table className="bars">
          <thead>
            <tr>
              <th scope="col">
                <span className="hidden">{title}</span>
              </th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
              {pageOf && (
                <th scope="col" className="page">
                  <span className="hidden">Page</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {(all ? rows : rows.slice(0, FEW)).map(({ value, label = value, hint, fixed, size, failed, cells }) => (
              <tr key={value} className={fixed ? 'fixed' : undefined}>
                <th scope="row">
                  <span className="bar" style={width(size)} aria-hidden="true" />
                  <span className="bar failed" style={width(failed)} aria-hidden="true" />
                  <button
                    type="button"
                    disabled={fixed}
                    aria-pressed={chosen.includes(value)}
                    title={hint ?? label}
                    onClick={() => onChoose(value)}
                  >
                    <Breakable text={label} />
                  </button>
                </th>
                {cells.map((cell, index) => (
                  <td key={columns[index]}>{cell}</td>
                ))}
                {pageOf && <PageCell label={label} page={fixed ? undefined : pageOf(value)} />}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > FEW && (
        <button type="button" className="quiet more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${rows.length}`}
        </button>
      )}
    </section>
  );
}

/** A name that a narrow window breaks between its parts. */
function Breakable({ text }: { text: string }): ReactNode {
  return text.split(/(?<=[/_])/).map((part, index) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}

/** The way to the page of a row, beside the filter that the row itself is. */
function PageCell({ label, page }: { label: string; page: View | undefined }): ReactNode {
  return (
    <td className="page">
      {page && (
        <ViewLink view={page} aria-label={`Open the page of ${label}`} title="Open its page">
          <span aria-hidden="true">→</span>
        </ViewLink>
      )}
    </td>
  );
}
