import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SECOND } from '@meterhouse/common';
import { SMTPServer } from 'smtp-server';
import { useReceiver } from '../../../../../test/support/receiver';
import { AddressCheck } from './address-check';
import { MAX_ANSWER_BYTES, Poster } from './post';
import { outcomeOf } from './sender';

const receiver = useReceiver();
const check = new AddressCheck(['127.0.0.1']);
const never = new AbortController().signal;

const post = (path = '/', poster = new Poster(check), signal = never) =>
  poster.post({ url: receiver.url + path, body: '{"a":1}', headers: { 'x-a': 'b' }, account: 'acme' }, signal);

it('sends a body and headers, and a user and password of the URL as Basic authorization', async () => {
  const url = receiver.url.replace('//', '//user:pass%20word@');
  await new Poster(check).post({ url, body: '{"a":1}', headers: { 'x-a': 'b' }, account: 'acme' }, never);
  const basic = `Basic ${Buffer.from('user:pass word').toString('base64')}`;
  const headers = { 'content-type': 'application/json', 'content-length': '7', 'x-a': 'b', authorization: basic };
  expect(receiver.received).toMatchObject([{ path: '/', body: '{"a":1}', headers }]);
});

it.each([301, 302, 307, 308])('does not follow a redirect by %i', async (status) => {
  receiver.respond = (response) => void response.writeHead(status, { location: '/elsewhere' }).end();
  const answer = await post();
  expect(outcomeOf(answer)).toMatchObject({ delivered: false, statusCode: status, gone: false });
  expect(outcomeOf(answer).error).toBe(`It answered ${status}, and redirects are not followed.`);
  expect(receiver.received).toHaveLength(1);
});

it.each([
  [200, true],
  [201, true],
  [299, true],
  [304, false],
  [400, false],
  [410, false],
  [500, false],
])('takes %i for a success: %s', async (status, delivered) => {
  receiver.respond = (response) => void response.writeHead(status).end();
  expect(outcomeOf(await post())).toMatchObject({ delivered, statusCode: status, gone: status === 410 });
});

it.each([
  ['120', 120 * SECOND],
  ['0', 0],
  ['soon', null],
  ['-1', null],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
])('reads Retry-After: %s', async (text, milliseconds) => {
  receiver.respond = (response) => void response.writeHead(429, { 'retry-after': text }).end();
  expect((await post()).retryAfterMs).toBe(milliseconds);
});

it('reads a KiB of an answer of 10 MB, and closes the connection', async () => {
  const closed = new Promise<void>((resolve) => {
    receiver.respond = (response) => {
      response.once('close', resolve);
      response.writeHead(200).write(Buffer.alloc(10_000_000, 'x'));
    };
  });
  expect(await post()).toEqual({ statusCode: 200, answer: 'x'.repeat(MAX_ANSWER_BYTES), retryAfterMs: null });
  await closed;
});

it('has the status of an answer whose body breaks off', async () => {
  receiver.respond = (response) => {
    response.writeHead(503, { 'content-length': '100' }).write('part', () => response.destroy());
  };
  expect(await post()).toMatchObject({ statusCode: 503, answer: 'part' });
});

it('ends when there is no answer in time, and when its signal fires', async () => {
  receiver.respond = () => undefined;
  await expect(post('/', new Poster(check, 50))).rejects.toThrow('No answer within 0.05 seconds.');
  const stop = new AbortController();
  receiver.respond = () => stop.abort(new Error('The service stops.'));
  await expect(post('/', new Poster(check), stop.signal)).rejects.toThrow('The service stops.');
});

it('says that nobody listens', async () => {
  const nobody = { url: 'http://127.0.0.1:1/', body: '{}', account: 'acme' };
  await expect(new Poster(check).post(nobody, never)).rejects.toThrow(/ECONNREFUSED/);
});

it('refuses a certificate that nobody it trusts has signed', async () => {
  // It brings a certificate that it has signed itself, and warns of that.
  jest.spyOn(console, 'error').mockReturnValue();
  const server = new SMTPServer({ secure: true });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const url = `https://127.0.0.1:${(server.server.address() as AddressInfo).port}/`;
  await expect(new Poster(check).post({ url, body: '{}', account: 'acme' }, never)).rejects.toThrow(/certificate/);
  await new Promise<void>((resolve) => server.close(resolve));
});
