/** The hook that bounds answers, on replies that are never read unless the test closes them. */
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerMemory } from './answer-memory';
import { boundAnswers } from './answers';

const MIB = 1024 * 1024;

class RawAnswer extends EventEmitter {
  destroyed = false;
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

let memory: AnswerMemory;
let send: (payload: unknown, headers?: Record<string, string>) => Sent;

interface Sent {
  raw: RawAnswer;
  headers: Map<string, string>;
  /** What the hook was done with; null before that. */
  error: Error | undefined | null;
}

beforeEach(() => {
  jest.useFakeTimers();
  memory = new AnswerMemory(MIB);
  const hook = boundAnswers(() => 'account:a', memory);
  send = (payload, headers = {}) => {
    const sent: Sent = { raw: new RawAnswer(), headers: new Map(Object.entries(headers)), error: null };
    const reply = {
      raw: sent.raw,
      getHeader: (name: string) => sent.headers.get(name),
      removeHeader: (name: string) => (sent.headers.delete(name), reply),
      header: (name: string, value: string) => (sent.headers.set(name, value), reply),
    };
    const done = (error?: Error): void => void (sent.error = error);
    hook({} as FastifyRequest, reply as unknown as FastifyReply, payload, done);
    return sent;
  };
});
afterEach(() => jest.useRealTimers());

it('takes what an answer takes until it is closed', () => {
  const answers = [
    send('é'.repeat(1_000)),
    send(Buffer.alloc(3_000)),
    send(null),
    send(Readable.from([]), { 'content-length': String(10 * MIB) }),
  ];
  expect(answers.every(({ error }) => error === undefined)).toBe(true);
  expect(memory.bytes).toBe(2_000 + 3_000 + 128 * 1024 + 4 * 8 * 1024);
  for (const { raw } of answers) raw.emit('close');
  expect(memory.bytes).toBe(0);
  expect(jest.getTimerCount()).toBe(0);
});

it('ends an answer that is not read in 30 seconds and one for each 32 KiB', () => {
  const [small, large] = [send('{}'), send('x'.repeat(320 * 1024))];
  jest.advanceTimersByTime(29_999);
  expect(small.raw.destroyed).toBe(false);
  jest.advanceTimersByTime(10);
  expect([small.raw.destroyed, large.raw.destroyed]).toEqual([true, false]);
  jest.advanceTimersByTime(10_000);
  expect(large.raw.destroyed).toBe(true);
  expect(memory.bytes).toBe(0);
});

it('refuses an answer for which there is no room with a 503 that is not cached', () => {
  send('x'.repeat(MIB - 8 * 1024));
  const refused = send('x', { etag: 'W/"1"', 'cache-control': 'private, max-age=300' });
  expect(refused.error).toMatchObject({ code: 'OVERLOADED', retryAfterSeconds: 2 });
  expect([...refused.headers]).toEqual([['cache-control', 'no-store']]);
});

it('leaves streams of unknown length to their routes until their end', () => {
  const stream = new Readable({ read: () => undefined });
  const { raw, error } = send(stream);
  expect([error, memory.bytes, jest.getTimerCount()]).toEqual([undefined, 0, 0]);
  stream.emit('end');
  jest.advanceTimersByTime(33_999);
  expect(raw.destroyed).toBe(false);
  jest.advanceTimersByTime(1);
  expect(raw.destroyed).toBe(true);
});
