/** One call of the SQL port, from its head to the last byte of its answer. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@nestjs/common';
import { isJoinable } from '@meterhouse/clickhouse';
import type { Identity } from '../../auth/identity';
import type { Statement } from '../statement/statement';
import { engineSettings } from '../statement/settings';
import type { ReadyStatement, Statements } from '../statements';
import type { Callers } from './callers';
import { type Emulated, emulated, goHello, isGoHello } from './emulated';
import { PortError, isUnexpected, portError } from './port-error';
import { type PortRequest, checkDatabase, toPortRequest, wantsCors } from './port-request';
import type { BodyReceiver } from './receive';
import { Reply } from './reply';
import type { RunningStatements } from './running';
import type { Sessions } from './sessions';

/** Of an answer that is streamed, and of one that is made whole before it is sent. */
const MAX_STREAM = { resultRows: 100_000_000, resultBytes: 8 * 1_073_741_824 };
const MAX_WHOLE = { resultRows: 10_000_000, resultBytes: 128 * 1_048_576 };

/** Bounds of a SET; those that count are looked at when a statement runs under it. */
const ANY = { seconds: Infinity, resultRows: Infinity, resultBytes: Infinity };

const NOTHING_READ = { rowsRead: 0, bytesRead: 0, elapsedMs: 0 };

/** Only a query is streamed by the engine, and its totals only in an answer that is whole. */
const STREAMED = /^(?:SELECT|WITH|\()(?![^]*^\s*WITH TOTALS$)/m;

/** What calls share. */
export interface PortParts {
  statements: Statements;
  bodies: BodyReceiver;
  running: RunningStatements;
  sessions: Sessions;
  callers: Callers;
  version: string;
  logger: Logger;
}

const KILL = /^\s*KILL\s+QUERY\s/i;

export class PortCall {
  private queryId: string = randomUUID();
  private readonly gone = new AbortController();
  private reply: Reply;

  constructor(
    private readonly parts: PortParts,
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly query: URLSearchParams,
  ) {
    // A page is to read why it was refused, too.
    const plain = { blocks: false, acceptEncoding: undefined, cors: wantsCors(query) };
    this.reply = new Reply(response, plain, parts.version);
    response.once('close', () => {
      if (!response.writableEnded) this.gone.abort(new PortError(210, 'NETWORK_ERROR', 'The client has gone.'));
    });
  }

  /** Never rejects: an error is answered, or the connection broken off. */
  async serve(): Promise<void> {
    const { query } = this;
    try {
      const caller = await this.parts.callers.callerOf(this.request, query);
      const body = await this.parts.bodies.receive(this.request, query.get('decompress') === '1');
      const asked = toPortRequest(this.request, query, body);
      this.queryId = asked.queryId?.slice(0, 200) ?? this.queryId;
      this.reply = new Reply(this.response, asked, this.parts.version);
      if (isGoHello(asked.text, query)) return await this.answer('Native', goHello(this.parts.version));
      await this.parts.running.run(caller, this.queryId, this.gone, () => this.run(caller, asked));
    } catch (error) {
      await this.fail(error);
    }
  }

  private async run(caller: Identity, sent: PortRequest): Promise<void> {
    const { statements, sessions } = this.parts;
    // Not through the gate: it would wait for what it is to end.
    if (KILL.test(sent.text))
      return this.emulate(caller, sent, emulated(sent.text.trim().replace(/\s+/g, ' ').replace(/ ?;$/, '')));
    const { session } = sent;
    const before = session ? sessions.settingsOf(caller.key.id, session.id, session.seconds) : {};
    const asked = { ...sent, settings: { ...before, ...sent.settings } };
    const request = {
      caller,
      text: asked.text,
      parameters: asked.parameters,
      settings: asked.settings,
      bounds: (statement: Statement) => (this.isStreamed(asked, statement) ? MAX_STREAM : MAX_WHOLE),
      signal: this.gone.signal,
    };
    const understood = await statements.run<Emulated | 'answered'>(
      request,
      async (statement) => {
        await this.send(asked, statement);
        return 'answered';
      },
      emulated,
    );
    if (understood !== 'answered') await this.emulate(caller, asked, understood);
  }

  private isStreamed(
    asked: PortRequest,
    { body, format, settings }: Pick<Statement, 'body' | 'format'> & Partial<Statement>,
  ): boolean {
    if (asked.whole || Number(asked.settings['extremes']) === 1 || settings?.['extremes'] === 1) return false;
    return STREAMED.test(body) && isJoinable(format ?? asked.format ?? 'TabSeparated');
  }

  private async send(asked: PortRequest, statement: ReadyStatement): Promise<void> {
    const { handle, body, signal } = statement;
    const format = statement.format ?? asked.format ?? 'TabSeparated';
    if (!this.isStreamed(asked, statement)) {
      const { bytes, ...summary } = await handle.read(body, format, signal);
      this.reply.begin(this.queryId, format, summary);
      await this.reply.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      return this.reply.end();
    }
    const pieces = handle.stream(body, format, signal);
    try {
      // The head waits for the first piece: an error before it has a status.
      let piece = await pieces.next();
      this.reply.begin(this.queryId, format, NOTHING_READ);
      while (piece.done !== true) {
        // The engine makes the next piece while the client takes this one.
        const next = pieces.next();
        next.catch(() => undefined);
        await this.reply.write(piece.value);
        signal.throwIfAborted();
        piece = await next;
      }
    } finally {
      await pieces.return(undefined);
    }
    await this.reply.end();
  }

  private async emulate(caller: Identity, asked: PortRequest, statement: Emulated | undefined): Promise<void> {
    if (statement?.kind === 'kill') this.parts.running.kill(caller, statement.queryId);
    else if (statement?.kind === 'use') checkDatabase(statement.database);
    else if (statement) {
      const { settings } = statement;
      engineSettings(settings, ANY);
      const { session } = asked;
      if (session) this.parts.sessions.set(caller.key.id, session.id, session.seconds, settings);
    }
    await this.answer('', Buffer.alloc(0));
  }

  private async answer(format: string, bytes: Buffer): Promise<void> {
    this.reply.begin(this.queryId, format, NOTHING_READ);
    await this.reply.write(bytes);
    await this.reply.end();
  }

  private async fail(error: unknown): Promise<void> {
    const unexpected = isUnexpected(error);
    if (unexpected !== undefined) this.parts.logger.error(`A statement of ${this.queryId} failed: ${unexpected}`);
    const known = portError(error) ?? new PortError(49, 'LOGICAL_ERROR', 'The service failed; its log says why.');
    // What is still being sent belongs to a call that has its answer.
    if (!this.reply.begun && !this.request.readableEnded) this.response.setHeader('Connection', 'close');
    await this.reply.fail(known, this.queryId).catch(() => this.response.destroy());
  }
}
