/** Runs one statement at a time on `POST /sql`. */
import { useEffect, useRef, useState } from 'react';
import { CallError, client, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { endSession } from '../api/query-client';

export type SqlAnswer = components['schemas']['SqlAnswerDto'];
export type SqlRequest = components['schemas']['SqlQueryDto'];

export type Run =
  | { state: 'idle' }
  /** @property since milliseconds since 1970 */
  | { state: 'running'; since: number }
  | { state: 'cancelled' }
  | { state: 'failed'; error: CallError }
  | { state: 'done' };

interface Statement {
  run: Run;
  /** Of the last statement that was answered; it stays while another runs. */
  answer: SqlAnswer | null;
  start: (request: SqlRequest) => void;
  /** Closes the connection, which ends the statement in the engine. */
  cancel: () => void;
}

export function useStatement(): Statement {
  const [run, setRun] = useState<Run>({ state: 'idle' });
  const [answer, setAnswer] = useState<SqlAnswer | null>(null);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = (request: SqlRequest): void => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    setRun({ state: 'running', since: Date.now() });
    unwrap(client.POST('/sql', { body: request, signal }), signal).then(
      (answered) => {
        if (signal.aborted) return;
        setAnswer(answered);
        setRun({ state: 'done' });
      },
      (error: unknown) => {
        if (signal.aborted) return;
        const failure = error instanceof CallError ? error : new CallError(0, 'The answer could not be read.');
        if (failure.status === 401) endSession(failure.message);
        setRun({ state: 'failed', error: failure });
      },
    );
  };
  const cancel = (): void => {
    running.current?.abort();
    setRun({ state: 'cancelled' });
  };
  return { run, answer, start, cancel };
}
