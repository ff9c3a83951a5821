/** Builds the HTTP service from its settings; `main` and the tests start it the same way. */
import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Settings, projectRoot } from '@meterhouse/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppModule } from './app.module';
import type { Authenticated } from './auth/identity';
import { serveDashboard } from './dashboard/serve-dashboard';
import { answerClientError } from './http/client-error';
import { clientAddress, trustedProxies } from './http/client-address';
import { allowOrigins } from './http/cors';
import { ErrorFilter } from './http/error.filter';
import { KnownPaths } from './http/known-paths';
import { leaveBodiesUnread } from './http/body/unread-bodies';
import { AnswerMemory, accountClient } from './http/outgoing/answer-memory';
import { boundAnswers } from './http/outgoing/answers';
import { boundedServer } from './http/outgoing/server';
import { nameRequest } from './http/request-context';
import { SAFE_HEADERS, restrictPages, setSafeHeaders } from './http/safe-headers';
import { refuseWhileStopping } from './http/stopping';
import { ServiceLogger } from './logger';
import { serveOpenApi } from './openapi';

/** Longer than any URL that Node reads: the id of a key may take 384 characters, and longer ones are not found. */
const MAX_PARAM_LENGTH = 16_384;

/** Makes the service, ready to listen; storage is open and migrated when this answers. */
export async function createApp(settings: Settings): Promise<NestFastifyApplication> {
  const logger = new ServiceLogger();
  Logger.overrideLogger(logger);
  const adapter = new FastifyAdapter({
    serverFactory: (handle: RequestListener) => boundedServer(handle, settings.server.host),
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    trustProxy: trustedProxies(settings.server.trustProxy),
    genReqId: () => randomUUID(),
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    // A URL that cannot be decoded fails before routing.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      app.get(ErrorFilter).send(error, request, reply.headers(SAFE_HEADERS)),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(settings), adapter, {
    logger,
    abortOnError: false,
    forceCloseConnections: true,
    bodyParser: false,
  });
  const fastify = adapter.getInstance();
  const paths = app.get(KnownPaths);
  fastify.addHook('onRoute', ({ url, method }) => paths.add(url, method));
  leaveBodiesUnread(fastify);
  fastify.addHook('onSend', boundAnswers(clientOf, app.get(AnswerMemory)));
  fastify.addHook('onSend', restrictPages);
  fastify.addHook('onRequest', nameRequest);
  fastify.addHook('onRequest', setSafeHeaders);
  refuseWhileStopping(fastify);
  allowOrigins(app, settings.server.corsOrigins);
  app.enableShutdownHooks();
  serveOpenApi(app);
  serveDashboard(fastify, join(projectRoot(), 'dist/dashboard'), settings.server.embedOrigins);
  return app;
}

/** Whose answers wait together: those of an account, or of an address without a key. */
function clientOf(request: FastifyRequest & Authenticated): string {
  return request.identity ? accountClient(request.identity.accountId) : `address:${clientAddress(request)}`;
}
