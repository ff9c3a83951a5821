import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BodyForm } from './body-form';
import { BodyReader, type FromAccount } from './body-reader';

const MIB = 1024 * 1024;
const BYTES: BodyForm = { maxBytes: 10 * MIB, types: [''], read: (bytes) => bytes.length };

const BOMB = gzipSync(Buffer.alloc(10 * MIB));
const SMALL = gzipSync('small');

/** A call with a gzip body, whose connection `close` ends. */
function aCall(accountId: string, body: Buffer) {
  const headers = { 'content-encoding': 'gzip', 'content-length': String(body.length) };
  const raw = Object.assign(Readable.from([body]), { headers });
  const response = new EventEmitter();
  return {
    request: { headers, raw, identity: { accountId } } as unknown as FastifyRequest & FromAccount,
    reply: { raw: response } as unknown as FastifyReply,
    close: () => response.emit('close'),
  };
}

it('inflates the bodies of one account between those of another, however many wait', async () => {
  const reader = new BodyReader();
  const order: string[] = [];
  const read = async (account: string, body: Buffer): Promise<void> => {
    const { request, reply, close } = aCall(account, body);
    expect(await reader.read(request, reply, BYTES)).toBe(body === BOMB ? 10 * MIB : 5);
    order.push(account);
    close();
  };
  await Promise.all([...Array.from({ length: 12 }, () => read('many', BOMB)), read('one', SMALL)]);
  // Two had begun; its turn came with the first slot that was free.
  expect(order.indexOf('one')).toBeLessThan(5);
});

it('refuses what comes when too many bodies of the account wait, and forgets those whose client has gone', async () => {
  const reader = new BodyReader();
  // Two are inflated, one has gone, and 128 wait.
  const calls = Array.from({ length: 132 }, (_, call) => aCall('many', call < 2 ? BOMB : SMALL));
  const reads = calls.map(({ request, reply }) => reader.read(request, reply, BYTES).catch(String));
  calls[5]?.close();
  const answers = await Promise.all(reads);
  expect(answers[5]).toMatch(/The body ended before it was complete/);
  expect(answers[131]).toMatch(/Too many compressed bodies wait/);
  expect(answers.filter((answer) => answer === 5)).toHaveLength(128);
});
