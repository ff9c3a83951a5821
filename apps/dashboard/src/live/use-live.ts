/** The live stream of a view, open only while somebody looks. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { endSession } from '../api/query-client';
import { type Minutes, withMessage } from './minutes';
import { type Connection, type LiveQuery, watch } from './watch';

/** The stream's replay reaches back ten minutes; a clock that is a little ahead of the service's is none the worse. */
const REPLAY_SECONDS = 590;

export interface Live {
  minutes: Minutes;
  connection: Connection;
}

const STARTING: Live = { minutes: [], connection: { state: 'connecting' } };

/**
 * @param query whose minutes; another one starts anew
 * @param running false closes the stream and leaves what it told; true continues after the last message
 */
export function useLive(query: LiveQuery, running: boolean): Live {
  const name = JSON.stringify(query);
  const [live, setLive] = useState<Live & { name: string }>({ ...STARTING, name });
  const last = useRef({ name, id: '' });
  useEffect(() => {
    if (!running) return;
    if (last.current.name !== name) last.current = { name, id: '' };
    const closing = new AbortController();
    const from = last.current.id || String(Math.floor(Date.now() / 1_000) - REPLAY_SECONDS);
    const change = (next: (before: Live) => Live): void => {
      if (closing.signal.aborted) return;
      setLive((before) => ({ ...next(before.name === name ? before : STARTING), name }));
    };
    void watch(JSON.parse(name) as LiveQuery, from, closing.signal, {
      onConnection: (connection) => {
        if (connection.state === 'ended' && connection.status === 401) endSession(connection.reason);
        change((before) => ({ ...before, connection }));
      },
      onMinute: (minute, id) => {
        last.current = { name, id };
        change((before) => ({ ...before, minutes: withMessage(before.minutes, minute) }));
      },
    });
    return () => closing.abort();
  }, [name, running]);
  return live.name === name ? live : STARTING;
}

/** Whether the tab is seen. */
export function useVisible(): boolean {
  return useSyncExternalStore(
    (listener) => {
      document.addEventListener('visibilitychange', listener);
      return () => document.removeEventListener('visibilitychange', listener);
    },
    () => document.visibilityState === 'visible',
  );
}
