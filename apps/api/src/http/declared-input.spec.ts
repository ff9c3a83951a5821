/** What a route takes, over HTTP. */
import { gzipSync } from 'node:zlib';
import { type CanActivate, Controller, Delete, Get, Injectable, Module, Post, Req } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { IsOptional, IsString } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { ApiException } from './api-exception';
import type { BodyForm } from './body/body-form';
import { leaveBodiesUnread } from './body/unread-bodies';
import { Body, Query, TakesBody } from './declared-input';
import { HttpModule } from './http.module';

class NamedDto {
  @IsOptional()
  @IsString()
  name?: string;
}

const TEXT: BodyForm = { maxBytes: 10, types: ['text/plain'], read: (bytes) => ({ text: bytes.toString() }) };

/** Whether the guard lets calls through. */
let open = true;

@Injectable()
class Gate implements CanActivate {
  canActivate(): boolean {
    if (!open) throw new ApiException('FORBIDDEN', 'Not now.');
    return true;
  }
}

@Controller()
class Routes {
  @Get('nothing')
  read() {
    return {};
  }

  @Delete('nothing')
  remove() {
    return {};
  }

  @Get('query')
  query(@Query() query: NamedDto) {
    return query;
  }

  @Post('body')
  body(@Body() body: NamedDto) {
    return body;
  }

  @Post('own-body')
  @TakesBody(TEXT)
  ownBody(@Req() { body }: FastifyRequest) {
    return body;
  }
}

@Module({ imports: [HttpModule], controllers: [Routes], providers: [{ provide: APP_GUARD, useClass: Gate }] })
class RoutesModule {}

let app: NestFastifyApplication;

beforeAll(async () => {
  const testing = await Test.createTestingModule({ imports: [RoutesModule] }).compile();
  const adapter = new FastifyAdapter();
  app = testing.createNestApplication<NestFastifyApplication>(adapter, { bodyParser: false });
  leaveBodiesUnread(adapter.getInstance());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
beforeEach(() => {
  open = true;
});
afterAll(() => app.close());

async function call(
  method: 'GET' | 'HEAD' | 'POST' | 'DELETE',
  url: string,
  body?: object | string,
  headers: Record<string, string> = {},
) {
  const answer = await app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
  const json: Record<string, unknown> = answer.body === '' ? {} : answer.json();
  return { status: answer.statusCode, message: json['message'] };
}

it.each([
  ['GET', '/nothing', undefined, {}],
  ['HEAD', '/nothing', undefined, {}],
  ['DELETE', '/nothing', undefined, {}],
  ['GET', '/query?name=a', undefined, {}],
  ['POST', '/body', { name: 'a' }, {}],
  ['POST', '/own-body', 'text', { 'content-type': 'text/plain' }],
] as const)('%s %s takes what it declares', async (method, url, body, headers) => {
  expect((await call(method, url, body, headers)).status).toBe(method === 'POST' ? 201 : 200);
});

it.each([
  ['GET', '/nothing?a=1&__proto__=2', undefined, '"a" is not known here. "__proto__" is not known here.'],
  ['HEAD', '/nothing?a=1', undefined, undefined],
  ['GET', '/query?nam=1', undefined, '"nam" is not known here. Did you mean "name"?'],
  ['POST', '/body?name=1', { name: 'a' }, '"name" is not known here.'],
  ['POST', '/body', { nam: 'a' }, '"nam" is not known here. Did you mean "name"?'],
  ['POST', '/own-body?a', {}, '"a" is not known here.'],
  ['DELETE', '/nothing', {}, 'DELETE of this path takes no body; send none.'],
  ['GET', '/nothing', { a: 1 }, 'GET of this path takes no body; send none.'],
  ['GET', '/query', { name: 'a' }, 'GET of this path takes no body; send none.'],
] as const)('%s %s refuses what it does not declare', async (method, url, body, message) => {
  expect(await call(method, url, body)).toEqual({ status: 400, message });
});

const JSON_TYPE = { 'content-type': 'application/json' };
const GZIP = { ...JSON_TYPE, 'content-encoding': 'gzip' };

it('takes bodies of 64 KiB and no more, as they are sent and inflated', async () => {
  const padded = (size: number): string => JSON.stringify({ name: 'a' }).padEnd(size);
  const tooLarge = { status: 413, message: 'The body is larger than 64 KiB (inflated); send it in smaller parts.' };
  expect(await call('POST', '/body', padded(65_536), JSON_TYPE)).toMatchObject({ status: 201 });
  expect(await call('POST', '/body', padded(65_537), JSON_TYPE)).toEqual(tooLarge);
  expect(await call('POST', '/body', gzipSync(padded(65_536)), GZIP)).toMatchObject({ status: 201 });
  expect(await call('POST', '/body', gzipSync(padded(65_537)), GZIP)).toEqual(tooLarge);
});

it('takes a body of its own form within its own limit', async () => {
  expect(await call('POST', '/own-body', '0123456789', { 'content-type': 'Text/Plain; charset=utf-8' })).toMatchObject({
    status: 201,
  });
  expect(await call('POST', '/own-body', '0123456789.', { 'content-type': 'text/plain' })).toMatchObject({
    status: 413,
  });
  expect(await call('POST', '/own-body', {})).toMatchObject({ status: 400 });
  expect(await call('POST', '/own-body')).toMatchObject({ status: 201 });
});

/** Sent as they are, also what `inject` would make a header of. */
const BODIES: [what: string, body: string | Buffer, headers: Record<string, string>][] = [
  ['text that is not JSON', '{', JSON_TYPE],
  ['more than it takes', ' '.repeat(100_000), JSON_TYPE],
  ['what is not gzip', '{}', GZIP],
  ['an unknown encoding', '{}', { ...JSON_TYPE, 'content-encoding': 'br' }],
  ['an unknown type', '{}', { 'content-type': 'text/html' }],
  ['what is not a type', '{}', { 'content-type': 'foo' }],
  ['an empty type', '{}', { 'content-type': '' }],
  ['no type', '{}', {}],
];

it.each(BODIES)('refuses %s behind the guards', async (_, body, headers) => {
  const { status, message } = await call('POST', '/body', body, headers);
  expect(status).toBe(body.length > 65_536 ? 413 : 400);
  expect(message).toMatch(/^The (body|Content-Type|Content-Encoding) is /);
  open = false;
  expect(await call('POST', '/body', body, headers)).toEqual({ status: 403, message: 'Not now.' });
  expect(await call('POST', '/nobody', body, headers)).toMatchObject({ status: 404 });
});

it('refuses a body where none is declared by its headers alone', async () => {
  const message = 'DELETE of this path takes no body; send none.';
  for (const [name, value] of [
    ['content-length', '7'],
    ['transfer-encoding', 'chunked'],
  ] as const) {
    expect(await call('DELETE', '/nothing', undefined, { [name]: value })).toEqual({ status: 400, message });
  }
  expect(await call('DELETE', '/nothing', undefined, { 'content-length': '0' })).toMatchObject({ status: 200 });
});
