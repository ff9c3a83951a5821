/** A handle of the embedded engine for one statement that a caller wrote: it may read the views of `meterhouse_bi`. */
import { randomUUID } from 'node:crypto';
import { parseError } from '@clickhouse/client';
import { reasonOf } from '@meterhouse/common';
import { Session } from 'chdb';
import { CALLER_ROLE, VIEWS_DATABASE, callerTag } from './access';
import { type Cancellation, stoppedBy } from './cancellation';
import { joinChunks } from './chunks';
import { assigned } from './connection';
import { type Limits, limitSettings } from './limits';
import { literal } from './parameters';

/** The account of an admin's statement, which reads all of them; no tag names it. */
const ALL_ACCOUNTS = null;

/** Deeper statements are refused by the parser, whose stack they would fill. */
const PARSING = { max_parser_depth: 200, max_ast_depth: 200, max_ast_elements: 20_000 };

/** How a caller's statement is to run. */
export interface CallerOptions {
  /** Whose rows it may read; null: all accounts'. */
  account: string | null;
  limits: Limits;
  /** Values of `{name:Type}` placeholders, each as ClickHouse's tab-separated format writes it; names are of `\w`. */
  parameters: Readonly<Record<string, string>>;
  /** Settings of its own, each checked before; they hold beside the limits. */
  settings: Readonly<Record<string, string | number>>;
}

/** The whole answer to a statement. */
export interface CallerAnswer {
  bytes: Uint8Array;
  rowsRead: number;
  bytesRead: number;
  elapsedMs: number;
}

/** Rows that were read for answers that are whole, and rows of those in pieces, of which the engine says no more. */
export interface CountedRows {
  read: number;
  sent: number;
}

/**
 * Each statement has a handle of its own, so that nothing of it (settings, parameters, rows of an answer that failed)
 * reaches the next. Only text that `canonical` returned may be run: the engine runs several statements in one text.
 *
 *     const handle = clickhouse.openCaller();
 *     const statement = await handle.canonical('select 1 -- one');   // 'SELECT 1'
 *     await handle.restrict({ account: 'acme', limits, parameters: {}, settings: {} });
 *     const nodes = await handle.syntaxTree(statement);              // look at it before it runs
 *     const answer = await handle.read(statement, 'JSONCompact', signal);
 *     await handle.close();
 */
export class CallerHandle {
  private readonly session: Session;
  private tag = `caller-handle ${randomUUID()}`;
  private running: Promise<unknown> = Promise.resolve();
  private readonly counted: CountedRows = { read: 0, sent: 0 };

  constructor(
    path: string,
    private readonly cancellation: Cancellation,
  ) {
    this.session = new Session(path);
  }

  /**
   * The one statement that the text holds, as the engine's own formatter writes it: without comments, clauses of the
   * outermost level at the start of a line.
   * @throws an error of the engine's where it does not parse or holds several
   */
  async canonical(text: string): Promise<string> {
    const bytes = await this.run(`SELECT formatQuery(${literal(text)})`, 'TSVRaw');
    return Buffer.from(bytes.bytes()).toString('utf8').trimEnd();
  }

  /** Gives up all rights but those of callers; to be called before anything of the caller's is run. */
  async restrict({ account, limits, parameters, settings }: CallerOptions): Promise<void> {
    if (account !== ALL_ACCOUNTS) this.tag = callerTag(randomUUID(), account);
    const bound = Object.entries(parameters).map(([name, value]) => [`param_${name}`, value] as const);
    // Of two values of a setting the last counts.
    const limited = limitSettings(limits).join(', ');
    const own = assigned({ ...settings, ...Object.fromEntries(bound), log_comment: this.tag });
    await this.run(`SET ${assigned(PARSING)}, ${limited}, ${own}`);
    await this.run(`SET ROLE ${CALLER_ROLE}`);
    await this.run(`USE ${VIEWS_DATABASE}`);
    await this.run('SET readonly = 1');
  }

  get rows(): Readonly<CountedRows> {
    return this.counted;
  }

  /** The nodes of the statement's syntax tree, a line each; nothing is executed. */
  async syntaxTree(statement: string): Promise<string[]> {
    const tree = await this.run(`EXPLAIN AST ${statement}`, 'TSVRaw');
    return Buffer.from(tree.bytes()).toString('utf8').split('\n');
  }

  /** The whole answer. @throws an error of the engine's, with its `code` and `type`; the signal's reason */
  async read(statement: string, format: string, signal: AbortSignal): Promise<CallerAnswer> {
    const result = await this.stoppedBy(signal, this.run(statement, format));
    const { rowsRead, bytesRead, elapsed } = result;
    this.counted.read += rowsRead;
    return { bytes: result.bytes(), rowsRead, bytesRead, elapsedMs: elapsed * 1_000 };
  }

  /**
   * The answer of a SELECT in pieces, as one document in a format that `isJoinable`; they are made as they are taken. A
   * statement that has begun ends when the signal fires.
   * @throws as `read`
   */
  stream(statement: string, format: string, signal: AbortSignal): AsyncGenerator<Buffer> {
    return joinChunks(this.chunks(statement, format, signal), format);
  }

  private async *chunks(statement: string, format: string, signal: AbortSignal): AsyncGenerator<Buffer> {
    signal.throwIfAborted();
    try {
      const chunks = this.session.queryStream(statement, { format })[Symbol.asyncIterator]();
      try {
        for (;;) {
          const next = await this.stoppedBy(signal, this.tracked(chunks.next()));
          if (next.done === true) return;
          const bytes = next.value.raw();
          this.counted.sent += next.value.numRows;
          yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        }
      } finally {
        await chunks.return?.();
      }
    } catch (error) {
      signal.throwIfAborted();
      throw parsed(error);
    }
  }

  /** Waits for a statement that still runs, then lets the handle go. */
  async close(): Promise<void> {
    await this.running.catch(() => undefined);
    this.session.close();
  }

  private async run(sql: string, format = 'TSVRaw'): ReturnType<Session['queryAsync']> {
    try {
      return await this.tracked(this.session.queryAsync(sql, { format }));
    } catch (error) {
      throw parsed(error);
    }
  }

  private tracked<R>(work: Promise<R>): Promise<R> {
    this.running = work;
    return work;
  }

  private async stoppedBy<R>(signal: AbortSignal, run: Promise<R>): Promise<R> {
    try {
      return await stoppedBy(signal, run, (running) => this.cancellation.stop(this.tag, running));
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  }
}

/** With the engine's `code` and `type`, where it is one of its errors. */
function parsed(error: unknown): Error {
  return parseError(reasonOf(error));
}
