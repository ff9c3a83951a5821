/** What a statement answered, as a table or a chart, and what it took. */
import { type ReactNode, useState } from 'react';
import { bytes, count, duration } from '../format/format';
import { Choice } from '../ui/choice';
import { saveFile } from '../ui/save-file';
import { csvOf } from './csv';
import { ResultChart } from './result-chart';
import { ResultTable } from './result-table';
import type { SqlAnswer } from './use-statement';

interface Props {
  answer: SqlAnswer;
  /** Whether another statement runs: these rows are of the one before. */
  stale: boolean;
}

export function Results({ answer, stale }: Props): ReactNode {
  const [form, setForm] = useState<'table' | 'chart'>('table');
  const { columns, rows, truncated, statistics } = answer;
  const download = (): void => saveFile(new Blob([csvOf(columns, rows)], { type: 'text/csv' }), fileName(answer));
  return (
    <section className="panel main-panel figures" data-stale={stale} aria-label="Answer">
      <div className="series-head">
        <p className="result-count" role="status">
          {count(rows.length)} {rows.length === 1 ? 'row' : 'rows'}
          <span className="note">
            {' '}
            {count(statistics.rowsRead)} rows, {bytes(statistics.bytesRead)} read in {duration(statistics.elapsedMs)}
          </span>
        </p>
        <Choice
          label="Shown as"
          options={[
            { value: 'table', label: 'Table' },
            { value: 'chart', label: 'Chart' },
          ]}
          chosen={form}
          onChoose={setForm}
        />
        <button type="button" disabled={rows.length === 0} onClick={download}>
          Download CSV
        </button>
      </div>
      {truncated && (
        <p className="banner result-note">
          There are more rows than these: ask for more, or for fewer with LIMIT and WHERE.
        </p>
      )}
      {form === 'chart' && <ResultChart answer={answer} />}
      {form === 'table' && <ResultTable key={answer.timestamp} columns={columns} rows={rows} />}
    </section>
  );
}

/** No file system minds it. */
function fileName({ timestamp }: SqlAnswer): string {
  return `meterhouse-sql-${timestamp.replace(/[-:]|\.\d+/g, '')}.csv`;
}
