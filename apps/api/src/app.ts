/** Builds the HTTP service from its settings; `main` and the tests start it the same way. */
import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Settings } from '@meterhouse/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppModule } from './app.module';
import { Authenticator } from './auth/authenticator';
import { Identity } from './auth/identity';
import { answerClientError } from './http/client-error';
import { trustedProxies } from './http/client-address';
import { ErrorFilter } from './http/error.filter';
import { KnownPaths } from './http/known-paths';
import { ContractValidationPipe } from './http/validation';
import { MAX_BODY_BYTES, installBodyParsers } from './http/body/body';
import { eventsReaderOf } from './ingest/event/sent-events';
import { ServiceLogger } from './logger';
import { serveOpenApi } from './openapi';
import { openStorage } from './storage/storage.module';

/** A request's head and body must arrive within this time. */
const REQUEST_TIMEOUT_MS = 60_000;

/** Makes the service, ready to listen; storage is open and migrated when this answers. */
export async function createApp(settings: Settings): Promise<NestFastifyApplication> {
  const logger = new ServiceLogger();
  Logger.overrideLogger(logger);
  const clickhouse = await openStorage(settings);
  const paths = new KnownPaths();
  const errors = new ErrorFilter(paths);
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: trustedProxies(settings.server.trustProxy),
    genReqId: () => randomUUID(),
    clientErrorHandler: answerClientError,
    // A URL that cannot be decoded fails before routing.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      errors.send(error, request, reply),
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRoute', ({ url, method }) => paths.add(url, method));
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(settings, clickhouse), adapter, {
    logger,
    abortOnError: false,
    forceCloseConnections: true,
    bodyParser: false,
  });
  const authenticator = app.get(Authenticator);
  installBodyParsers(fastify, {
    isWelcome: (request) => authenticator.authenticate(request) instanceof Identity,
    readerOf: eventsReaderOf,
  });
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    reply.header('X-Request-Id', request.id);
    done();
  });
  app.useGlobalFilters(errors);
  app.useGlobalPipes(new ContractValidationPipe());
  app.enableShutdownHooks();
  serveOpenApi(app);
  return app;
}
