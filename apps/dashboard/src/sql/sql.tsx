/** Statements over the views of the account. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CallError } from '../api/client';
import type { ScreenProps } from '../screens';
import { useDraft } from './draft';
import { insert } from './edits';
import { Editor } from './editor';
import { EXAMPLES } from './examples';
import { placeholdersOf } from './placeholders';
import { Results } from './results';
import { Schema } from './schema';
import { type Run, useStatement } from './use-statement';
import './sql.css';

const MAX_ROWS = [100, 1_000, 10_000, 100_000];
const DEFAULT_MAX_ROWS = 10_000;

export function Sql({ view }: ScreenProps): ReactNode {
  const area = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(view);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [maxRows, setMaxRows] = useState(DEFAULT_MAX_ROWS);
  const { run, answer, start, cancel } = useStatement();
  const placeholders = placeholdersOf(draft.text);
  const begin = (): void => {
    if (draft.text.trim() === '') return;
    draft.publish();
    const parameters = Object.fromEntries(placeholders.map(({ name }) => [name, values[name] ?? '']));
    start({ query: draft.text, parameters, maxRows });
  };
  return (
    <div className="sql">
      <div className="sql-main">
        <section className="panel main-panel" aria-label="Statement">
          <Editor
            area={area}
            text={draft.text}
            onChange={draft.change}
            onRun={begin}
            describedBy={run.state === 'failed' ? 'statement-error' : undefined}
          />
          {run.state === 'failed' && <Failure error={run.error} />}
          {placeholders.length > 0 && (
            <div className="parameters" role="group" aria-label="Parameters">
              {placeholders.map(({ name, type }) => (
                <label key={name}>
                  <span>
                    <code>{name}</code> <span className="type">{type}</span>
                  </span>
                  <input
                    value={values[name] ?? ''}
                    autoComplete="off"
                    onChange={({ target }) => setValues({ ...values, [name]: target.value })}
                    onKeyDown={(event) => event.key === 'Enter' && begin()}
                  />
                </label>
              ))}
            </div>
          )}
          <div className="run">
            {run.state === 'running' ? (
              <button type="button" className="primary" onClick={cancel}>
                Cancel
              </button>
            ) : (
              <button type="button" className="primary" disabled={draft.text.trim() === ''} onClick={begin}>
                Run
              </button>
            )}
            <label className="inline">
              At most
              <select value={maxRows} onChange={({ target }) => setMaxRows(Number(target.value))}>
                {MAX_ROWS.map((rows) => (
                  <option key={rows} value={rows}>
                    {rows.toLocaleString()} rows
                  </option>
                ))}
              </select>
            </label>
            <RunState run={run} />
            <p id="editor-keys" className="note keys-note">
              <kbd>Ctrl</kbd> <kbd>Enter</kbd> runs, <kbd>Tab</kbd> indents, <kbd>Esc</kbd> and then <kbd>Tab</kbd>{' '}
              leaves.
            </p>
          </div>
        </section>
        {answer && <Results answer={answer} stale={run.state === 'running'} />}
      </div>
      <aside className="sql-side">
        <section className="panel" aria-label="Examples">
          <h2>Examples</h2>
          <ul className="examples">
            {EXAMPLES.map(({ title, query }) => (
              <li key={title}>
                <button type="button" className="quiet" onClick={() => draft.change(query)}>
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </section>
        <Schema onInsert={(text) => area.current && insert(area.current, text)} />
      </aside>
    </div>
  );
}

/** In the service's words, beside the editor. */
function Failure({ error }: { error: CallError }): ReactNode {
  const title = { QUERY_REFUSED: 'Not allowed', QUERY_FAILED: 'Failed' }[error.code ?? ''] ?? 'Not answered';
  return (
    <div id="statement-error" role="alert" className="banner error statement-error">
      <p>
        <strong>{title}.</strong> {error.message}
        {error.retryAfterSeconds !== null && ` Try again in ${error.retryAfterSeconds}\u202fs.`}
      </p>
    </div>
  );
}

function RunState({ run }: { run: Run }): ReactNode {
  return (
    <p role="status" className="note">
      {run.state === 'running' && <Elapsed since={run.since} />}
      {run.state === 'cancelled' && 'Cancelled.'}
    </p>
  );
}

function Elapsed({ since }: { since: number }): ReactNode {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      Running…<span aria-hidden="true"> {((now - since) / 1_000).toFixed(1)}&#8239;s</span>
    </>
  );
}
