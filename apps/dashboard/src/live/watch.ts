/** Reads the server-sent events of `GET /usage/live`, and comes back after breaks. EventSource could not send the key. */
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { CallError, client, unwrap } from '../api/client';
import type { paths } from '../api/schema';
import type { LiveMinute } from './minutes';

export type LiveQuery = NonNullable<paths['/usage/live']['get']['parameters']['query']>;

export type Connection =
  | { state: 'connecting' }
  | { state: 'live' }
  /** @property reason in words; @property at when it is tried again, milliseconds since 1970 */
  | { state: 'waiting'; reason: string; at: number }
  | { state: 'ended'; reason: string; status: number };

export interface Sink {
  onConnection: (connection: Connection) => void;
  /** @param id what `Last-Event-ID` continues from */
  onMinute: (minute: LiveMinute, id: string) => void;
}

/** The service sends something at least every 10 s: after this long the connection is dead. */
const SILENCE_MS = 30_000;
const MAX_WAIT_MS = 30_000;
const FIRST_WAIT_MS = 2_000;

/**
 * Watches until the signal aborts or the service refuses for good.
 * @param lastId where to continue from: an epoch second, at most ten minutes ago
 */
export async function watch(query: LiveQuery, lastId: string, signal: AbortSignal, sink: Sink): Promise<void> {
  let [id, wait] = [lastId, FIRST_WAIT_MS];
  while (!signal.aborted) {
    try {
      sink.onConnection({ state: 'connecting' });
      await readStream(query, id, signal, {
        onConnection: sink.onConnection,
        onMinute: (minute, next) => {
          [id, wait] = [next, FIRST_WAIT_MS];
          sink.onMinute(minute, next);
        },
      });
      sink.onConnection({ state: 'waiting', reason: 'The service ended the stream.', at: Date.now() + wait });
    } catch (error) {
      if (signal.aborted) return;
      const failure = error instanceof CallError ? error : new CallError(0, 'The connection was lost.');
      if (!failure.isPassing) {
        return sink.onConnection({ state: 'ended', reason: failure.message, status: failure.status });
      }
      const ms = failure.retryAfterSeconds === null ? wait : failure.retryAfterSeconds * 1_000;
      wait = Math.max(wait, ms);
      sink.onConnection({ state: 'waiting', reason: failure.message, at: Date.now() + wait });
    }
    await pause(wait, signal);
    wait = Math.min(MAX_WAIT_MS, wait * 2);
  }
}

/** One connection, until it ends. */
async function readStream(query: LiveQuery, id: string, signal: AbortSignal, sink: Sink): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  try {
    const either = AbortSignal.any([signal, silence.signal]);
    const call = client.GET('/usage/live', {
      params: { query, header: { 'Last-Event-ID': id } },
      parseAs: 'stream',
      signal: either,
    });
    const body = await unwrap<ReadableStream<Uint8Array<ArrayBuffer>> | null>(call, signal);
    sink.onConnection({ state: 'live' });
    const events = body
      ?.pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream({ onComment: heard }));
    const reader = events?.getReader();
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      heard();
      sink.onMinute(JSON.parse(next.value.data) as LiveMinute, next.value.id ?? id);
    }
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        done();
      },
      { once: true },
    );
  });
}
