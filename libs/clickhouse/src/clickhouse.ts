/** The one way to ClickHouse: the embedded engine in a folder, or a server at a URL, behind the same calls. */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ReadStream } from 'node:fs';
import { type Readable, addAbortSignal } from 'node:stream';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { Slices, reasonOf } from '@meterhouse/common';
import { Session, drainPending } from 'chdb';
import { configArgument } from './access';
import { Cancellation, stoppedBy } from './cancellation';
import { CallerHandle } from './caller-handle';
import { type BlockInsert, type Connection, FORMAT_SETTINGS, type StreamFormat, formatted } from './connection';
import { ConnectionPool } from './connection-pool';
import { EmbeddedConnection, removeLeftFiles } from './embedded-connection';
import { ExportFiles } from './export-files';
import { type Limits, limitSettings, nameTheLimit } from './limits';
import { forgetLostParts } from './lost-parts';
import { type Parameters, literal } from './parameters';
import { type Row, toRows } from './row';
import { ServerConnection } from './server-connection';
import { StorageError, storageFailure } from './storage-error';

export { StorageError } from './storage-error';

export interface StorageOptions {
  dataDir: string;
  clickhouseUrl: string | undefined;
  memoryLimit: number;
  connections: number;
}

export interface OpenOptions {
  /** Called once, with the server's reason, when the server refuses to end a statement whose caller has gone. */
  onCancelRefused?: (reason: string) => void;
  /** The embedded engine drops no row because its time is over. @default false */
  resting?: boolean;
}

export interface ReadOptions {
  /**
   * Ends the statement when it fires; the call rejects with its reason at once. What the engine still does for it keeps
   * its connection until it has ended.
   */
  signal?: AbortSignal | undefined;
  /** A statement with limits leaves one connection to those without: writing and bookkeeping. */
  limits?: Limits | undefined;
  /** Whose turns of the event loop it takes to make rows of the answer, see `Slices`. @default null */
  account?: string | null;
}

export interface StreamOptions extends ReadOptions {
  format: StreamFormat;
  /** Called when the statement has ended and its connection is free, though the stream is still to be read: from a file. */
  written?: (() => void) | undefined;
}

export class ClickHouse {
  private changes = 0;
  private constructor(
    private readonly pool: ConnectionPool<Connection>,
    private readonly cancellation: Cancellation,
    private readonly server: ClickHouseClient | undefined,
    /** The embedded engine's folder. */
    private readonly path: string = '',
  ) {}

  /** True when the engine runs in this process. */
  get embedded(): boolean {
    return this.server === undefined;
  }

  /**
   * Opens the engine or the server. The engine's folder must be this process's alone, as `FolderLock` makes it: what a
   * crash left in it is mended before the engine has it.
   * @throws StorageError when the engine does not start or the server cannot be used
   */
  static async open(
    options: StorageOptions,
    { onCancelRefused, resting = false }: OpenOptions = {},
  ): Promise<ClickHouse> {
    if (options.clickhouseUrl !== undefined) {
      return ClickHouse.openServer(options.clickhouseUrl, options.connections, onCancelRefused);
    }
    const path = resolve(options.dataDir);
    try {
      await mkdir(path, { recursive: true, mode: 0o700 });
      await forgetLostParts(path);
      // The first handle's arguments hold for all that follow on this path.
      const memory = `--max_server_memory_usage=${options.memoryLimit}`;
      const first = new Session(path, { connectionArgs: [memory, await configArgument(path, resting)] });
      const files = join(path, 'exports');
      await removeLeftFiles(files);
      const exports = new ExportFiles(files);
      const connect = (): Promise<Connection> => EmbeddedConnection.open(path, files, exports);
      const connections = await Promise.all(Array.from({ length: options.connections }, connect));
      const control = await connect();
      first.close();
      return new ClickHouse(new ConnectionPool(connections), new Cancellation(control), undefined, path);
    } catch (error) {
      throw new StorageError(`The embedded engine cannot open DATA_DIR ${path}: ${reasonOf(error)}`, error);
    }
  }

  private static async openServer(
    url: string,
    connections: number,
    onCancelRefused: OpenOptions['onCancelRefused'],
  ): Promise<ClickHouse> {
    const client = createClient({
      url,
      // One more than statements run, to end one of them.
      max_open_connections: connections + 1,
      // Bound lists of ids outgrow a URL; the client then sends them as a form.
      use_multipart_params_auto: true,
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
      // Every error is thrown; the catching code says what it means.
      log: { level: ClickHouseLogLevel.OFF },
    });
    const connection = new ServerConnection(client);
    const pool = new ConnectionPool<Connection>(Array<Connection>(connections).fill(connection));
    const clickhouse = new ClickHouse(pool, new Cancellation(connection, onCancelRefused), client);
    try {
      await clickhouse.ping();
    } catch (error) {
      await clickhouse.close();
      // The host alone: the URL may hold a password.
      throw new StorageError(
        `CLICKHOUSE_URL: the server at ${new URL(url).host} cannot be used: ${reasonOf(error)}`,
        error,
      );
    }
    return clickhouse;
  }

  /**
   * Runs a SELECT and returns its rows; the statement carries no FORMAT clause.
   * @throws QueryTooHeavyError when it meets one of `limits`; the signal's reason when that fires; else StorageFailure
   */
  async query(sql: string, parameters: Parameters = {}, options: ReadOptions = {}): Promise<Row[]> {
    const { signal, limits, account = null } = options;
    const tag = signal === undefined ? undefined : newTag();
    const statement = formatted(sql, 'JSONEachRow', settingsOf(tag, limits));
    const read = (connection: Connection): Promise<Buffer> => {
      const run = connection.read(statement, parameters);
      return signal === undefined || tag === undefined
        ? run
        : stoppedBy(signal, run, (running) => this.cancellation.stop(tag, running));
    };
    try {
      const answer = await this.pool.use(read, { signal, leavesOne: limits !== undefined });
      return await toRows(answer, new Slices(account, signal));
    } catch (error) {
      signal?.throwIfAborted();
      throw storageFailure(limits === undefined ? error : nameTheLimit(error));
    }
  }

  /**
   * Runs a SELECT and streams its answer as one document in the format, in constant memory: the engine makes no more
   * than its reader takes. The statement carries no FORMAT clause. A connection is held until the stream is closed (or
   * `written` was called), so destroy a stream that is not read to its end; that ends the statement too.
   *
   *     const bytes = await clickhouse.stream(sql, parameters, { format: 'ArrowStream', signal, limits });
   *
   * Answers once the first bytes are there; an error after that destroys the stream. In CSVWithNames the first line
   * names the columns; integers in JSONEachRow are not quoted; ArrowStream is not compressed. The embedded engine writes
   * Parquet to a file in the data folder first, so that its first bytes come when the whole answer is there; see
   * `ExportFiles` for how large it may be.
   * @throws QueryTooHeavyError when it meets one of `limits`; the signal's reason when that fires; the stream's error is
   *   either of them too
   */
  async stream(sql: string, parameters: Parameters, options: StreamOptions): Promise<Readable> {
    const { format, signal, limits, written } = options;
    const tag = newTag();
    const statement = { sql, parameters, format, settings: [...FORMAT_SETTINGS[format], ...settingsOf(tag, limits)] };
    let answer = (_: Readable): void => undefined;
    const opened = new Promise<Readable>((done) => (answer = done));
    const hold = async (connection: Connection): Promise<void> => {
      const stop = (running: Promise<unknown>): Promise<void> => this.cancellation.stop(tag, running);
      const opening = connection.stream(statement, stop);
      const stream = await (signal === undefined ? opening : stoppedBy(signal, opening, stop));
      const closed = new Promise<void>((done) => stream.once('close', done));
      // The reader of the stream sees its error; before there is a reader it must not end the process.
      stream.on('error', () => undefined);
      if (signal !== undefined) addAbortSignal(signal, stream);
      answer(stream);
      if (stream instanceof ReadStream) written?.();
      else await closed;
    };
    const held = this.pool.use(hold, { signal, leavesOne: true });
    try {
      return await Promise.race([opened, held.then(() => opened)]);
    } catch (error) {
      signal?.throwIfAborted();
      throw storageFailure(nameTheLimit(error));
    }
  }

  /**
   * Moves on whenever something may have changed but by `insertBlock`, whose caller knows better what that changes. As
   * long as it is unchanged, a statement returns the same. Null with a server, where others write too.
   */
  get version(): number | null {
    return this.embedded ? this.changes : null;
  }

  /** Tells that the engine has changed something in the background. */
  changed(): void {
    this.changes++;
  }

  /** Runs a statement that returns nothing. @throws StorageFailure */
  async command(sql: string, parameters: Parameters = {}): Promise<void> {
    await this.changing((connection) => connection.command(sql, parameters));
  }

  /** Runs a statement whose placeholders are not to be bound: they are those of a view. @throws StorageFailure */
  async define(sql: string): Promise<void> {
    await this.changing((connection) => connection.command(sql));
  }

  /**
   * Runs an `INSERT … FORMAT …` statement with its rows as text in that format.
   * @throws StorageFailure also when the answer breaks off or is not ClickHouse's, and the rows may or may not be stored
   */
  async insert(sql: string, rows: string): Promise<void> {
    await this.changing((connection) => connection.insert(sql, rows));
  }

  /**
   * Inserts rows, UTF-8 in JSONCompactEachRow, in pieces that follow one another; `version` stands still.
   * @throws StorageFailure as `insert`
   */
  async insertBlock(insert: BlockInsert, rows: readonly Buffer[]): Promise<void> {
    await this.write((connection) => connection.insertBlock(insert, rows));
  }

  /** What is written shows before the statement has ended, so that the version moves on at both ends. */
  private async changing(write: (connection: Connection) => Promise<void>): Promise<void> {
    this.changed();
    try {
      await this.write(write);
    } finally {
      this.changed();
    }
  }

  private async write(write: (connection: Connection) => Promise<void>): Promise<void> {
    await this.pool.use(write).catch((error: unknown) => {
      throw storageFailure(error);
    });
  }

  /**
   * A handle for a statement that a caller wrote, to be closed after it. The caller of this bounds how many there are.
   * @throws Error with a server, which serves such statements itself
   */
  openCaller(): CallerHandle {
    if (!this.embedded) throw new Error("A caller's statement runs in the embedded engine alone.");
    return new CallerHandle(this.path, this.cancellation);
  }

  /** Answers when the engine does. @throws StorageFailure */
  async ping(): Promise<void> {
    await this.query('SELECT 1 AS one');
  }

  /**
   * Makes the statements that run on a server fail, done or not, and all that come later, so that a shutdown need not wait
   * for one that hangs. In the embedded engine only a statement with a signal can be ended.
   */
  async interrupt(): Promise<void> {
    if (this.server === undefined) return;
    this.pool.refuse();
    this.cancellation.refuse();
    await this.server.close();
  }

  /** Waits for running statements and open streams, then lets the folder go. */
  async close(): Promise<void> {
    await this.pool.close((connection) => connection.close());
    await this.cancellation.close();
    if (this.embedded) await drainPending();
  }
}

/** Marks a statement so that it can be found among those that run; a server's query log shows it too. */
function newTag(): string {
  return `meterhouse ${randomUUID()}`;
}

function settingsOf(tag: string | undefined, limits: Limits | undefined): string[] {
  return [
    ...(tag === undefined ? [] : [`log_comment = ${literal(tag)}`]),
    ...(limits === undefined ? [] : limitSettings(limits)),
  ];
}
