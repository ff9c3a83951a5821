/** What a route takes, over HTTP with Fastify's own parsers. */
import { Controller, Delete, Get, Module, Post } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { IsOptional, IsString } from 'class-validator';
import { Body, Query, TakesBody } from './declared-input';
import { HttpModule } from './http.module';

class NamedDto {
  @IsOptional()
  @IsString()
  name?: string;
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
  @TakesBody()
  ownBody() {
    return {};
  }
}

@Module({ imports: [HttpModule], controllers: [Routes] })
class RoutesModule {}

let app: NestFastifyApplication;

beforeAll(async () => {
  const testing = await Test.createTestingModule({ imports: [RoutesModule] }).compile();
  app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(() => app.close());

async function call(method: 'GET' | 'HEAD' | 'POST' | 'DELETE', url: string, body?: object) {
  const answer = await app.inject({ method, url, ...(body === undefined ? {} : { payload: body }) });
  return { status: answer.statusCode, message: answer.body === '' ? undefined : answer.json().message };
}

it.each([
  ['GET', '/nothing', undefined],
  ['HEAD', '/nothing', undefined],
  ['DELETE', '/nothing', undefined],
  ['GET', '/query?name=a', undefined],
  ['POST', '/body', { name: 'a' }],
  ['POST', '/own-body', { any: 'thing' }],
] as const)('%s %s takes what it declares', async (method, url, body) => {
  expect((await call(method, url, body)).status).toBe(method === 'POST' ? 201 : 200);
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
