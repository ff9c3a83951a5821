/** The signal over real connections. */
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { Controller, Get, Module, StreamableFile } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { type Deferred, deferred, settled } from '../../../../test/support/deferred';
import { HttpModule } from '../http/http.module';
import { ClientGone, ClientGoneError } from './client-gone';

let called: Deferred<AbortSignal>;
let answer: Deferred<object>;
let body: PassThrough;

@Controller()
class Routes {
  @Get('slow')
  slow(@ClientGone() signal: AbortSignal): Promise<object> {
    called.resolve(signal);
    return answer.promise;
  }

  @Get('stream')
  stream(@ClientGone() signal: AbortSignal): StreamableFile {
    called.resolve(signal);
    return new StreamableFile(body);
  }
}

@Module({ controllers: [Routes] })
class RoutesModule {}

let app: NestFastifyApplication;
let url: URL;

beforeAll(async () => {
  const testing = await Test.createTestingModule({ imports: [HttpModule, RoutesModule] }).compile();
  app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ forceCloseConnections: true }));
  await app.listen(0, '127.0.0.1');
  url = new URL(await app.getUrl());
});

beforeEach(() => {
  called = deferred<AbortSignal>();
  answer = deferred<object>();
  body = new PassThrough();
});

afterAll(() => app.close());

/** A client that asks, and disconnects on `go`. */
const ask = (path: string) => {
  const socket = connect(Number(url.port), '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
  socket.on('error', () => undefined);
  return socket;
};

const fired = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    else signal.addEventListener('abort', () => resolve(signal.reason));
  });

it.each(['destroy', 'resetAndDestroy'] as const)('fires when the client goes before the answer: %s', async (how) => {
  const socket = ask('/slow');
  const signal = await called.promise;
  expect(signal.aborted).toBe(false);
  socket[how]();
  const reason = await fired(signal);
  expect(reason).toBeInstanceOf(ClientGoneError);
  answer.reject(reason);
  await settled();
});

it('fires when the client goes in the middle of the answer', async () => {
  const socket = ask('/stream');
  const signal = await called.promise;
  body.write('first');
  await new Promise((resolve) => socket.once('data', resolve));
  expect(signal.aborted).toBe(false);
  socket.destroy();
  expect(await fired(signal)).toBeInstanceOf(ClientGoneError);
});

it('does not fire when the client has all, also when it goes after', async () => {
  answer.resolve({ fine: true });
  const response = await fetch(new URL('/slow', url));
  expect(await response.json()).toEqual({ fine: true });
  const signal = await called.promise;
  const socket = ask('/slow');
  await new Promise((resolve) => socket.once('data', resolve));
  await new Promise<void>((resolve) => socket.end(resolve));
  await new Promise((resolve) => socket.once('close', resolve));
  expect(signal.aborted).toBe(false);
});

it('does not fire for a call without a connection', async () => {
  answer.resolve({ fine: true });
  expect((await app.inject('/slow')).json()).toEqual({ fine: true });
  const signal = await called.promise;
  await settled();
  expect(signal.aborted).toBe(false);
});
