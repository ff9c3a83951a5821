/** `SQL_PORT`: a listener that BI tools use as if it were the HTTP interface of a ClickHouse server, for reading. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, Settings, SettingsError, reasonOf } from '@meterhouse/common';
import { boundedServer } from '../../http/outgoing/server';
import { SqlRepository } from '../sql.repository';
import { Statements } from '../statements';
import { Callers } from './callers';
import { PortCall } from './port-call';
import { BodyReceiver } from './receive';
import { RunningStatements } from './running';
import { Sessions } from './sessions';

/** What `GET /` says, and each of these paths, to anybody. */
const ALIVE = new Set(['/ping', '/replicas_status']);

@Injectable()
export class SqlPort implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('SqlPort');
  private readonly bodies = new BodyReceiver();
  private readonly running = new RunningStatements();
  private readonly sessions: Sessions;
  private server: Server | undefined;
  private version = '';

  constructor(
    private readonly settings: Settings,
    private readonly statements: Statements,
    private readonly repository: SqlRepository,
    private readonly callers: Callers,
    clock: Clock,
  ) {
    this.sessions = new Sessions(clock);
  }

  /** Where it listens; undefined where it does not. */
  get port(): number | undefined {
    const address = this.server?.address();
    return typeof address === 'object' ? address?.port : undefined;
  }

  /** @throws SettingsError in one sentence when it cannot listen */
  async onApplicationBootstrap(): Promise<void> {
    const { port, host } = this.settings.sql;
    if (port === undefined) return;
    if (!this.repository.available) {
      throw new SettingsError('SQL_PORT: a ClickHouse server serves SQL itself; unset it, and see docs/sql.md.');
    }
    this.version = await this.repository.version();
    const server = boundedServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        this.logger.error(`A call failed: ${reasonOf(error)}`);
        response.destroy();
      });
    }, host);
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) =>
        reject(new SettingsError(`SQL_PORT: cannot listen on ${port}: ${error.message}`)),
      );
      server.listen(port, host, resolve);
    });
    this.server = server;
    this.logger.log(
      `SQL for BI tools at http://${host}:${this.port}; any user, an API key with sql:read as the password.`,
    );
  }

  async onModuleDestroy(): Promise<void> {
    const { server } = this;
    if (!server) return;
    const closed = promisify(server.close.bind(server))();
    server.closeAllConnections();
    await closed.catch(() => undefined);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const { path, query } = targetOf(request.url ?? '/');
    if (request.method === 'OPTIONS') return void allowAnyOrigin(response).writeHead(204).end();
    const isEmpty = request.method !== 'POST' && !query.has('query');
    if (ALIVE.has(path) || (path === '/' && isEmpty)) {
      return void response.setHeader('Content-Type', 'text/plain; charset=UTF-8').writeHead(200).end('Ok.\n');
    }
    if (path !== '/') {
      return void response
        .setHeader('Content-Type', 'text/plain; charset=UTF-8')
        .writeHead(404)
        .end(`There is no ${path.slice(0, 100)} here; send statements to /.\n`);
    }
    const { statements, bodies, running, sessions, callers, version, logger } = this;
    const parts = { statements, bodies, running, sessions, callers, version, logger };
    await new PortCall(parts, request, response, query).serve();
  }
}

/** What a client asks for may be no URL at all, such as `//`. */
function targetOf(url: string): { path: string; query: URLSearchParams } {
  const [path = '', ...rest] = url.split('?');
  return { path, query: new URLSearchParams(rest.join('?')) };
}

/** A page of another origin asks this before it sends a statement with a key of its user's. */
function allowAnyOrigin(response: ServerResponse): ServerResponse {
  return response
    .setHeader('Access-Control-Allow-Origin', '*')
    .setHeader('Access-Control-Allow-Methods', 'POST, GET, OPTIONS')
    .setHeader(
      'Access-Control-Allow-Headers',
      'authorization, content-type, x-clickhouse-user, x-clickhouse-key, x-clickhouse-format',
    )
    .setHeader('Access-Control-Max-Age', '86400');
}
