/** The one way to ClickHouse: the embedded engine in a folder, or a server at a URL, behind the same three calls. */
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { Session, drainPending } from 'chdb';
import { createChdbConnection } from 'chdb/connection';
import { ConnectionPool } from './connection-pool';
import { Row } from './row';

/** Values bound to `{name:Type}` placeholders. */
export type Parameters = Record<string, string | number | boolean | null | readonly string[] | readonly number[]>;

export interface StorageOptions {
  dataDir: string;
  clickhouseUrl: string | undefined;
  memoryLimit: number;
  connections: number;
}

/** Storage that cannot be opened; the message says why in one sentence. */
export class StorageError extends Error {}

export class ClickHouse {
  private constructor(
    private readonly pool: ConnectionPool<ClickHouseClient>,
    private readonly server: ClickHouseClient | undefined,
  ) {}

  /** True when the engine runs in this process. */
  get embedded(): boolean {
    return this.server === undefined;
  }

  /** Opens the engine or the server. @throws StorageError when the folder is taken or the engine does not start */
  static async open(options: StorageOptions): Promise<ClickHouse> {
    if (options.clickhouseUrl !== undefined) return ClickHouse.openServer(options.clickhouseUrl, options.connections);
    const path = resolve(options.dataDir);
    try {
      await mkdir(path, { recursive: true, mode: 0o700 });
      // The first handle's arguments set the memory limit and the JSON format for all that follow on this path.
      const first = new Session(path, {
        connectionArgs: [
          `--max_server_memory_usage=${options.memoryLimit}`,
          '--output_format_json_quote_64bit_integers=1',
        ],
      });
      const clients = Array.from({ length: options.connections }, () => embeddedClient(path));
      first.close();
      return new ClickHouse(new ConnectionPool(clients), undefined);
    } catch (error) {
      throw await storageError(path, error);
    }
  }

  private static async openServer(url: string, connections: number): Promise<ClickHouse> {
    const client = createClient({
      url,
      max_open_connections: connections,
      // Bound lists of ids outgrow a URL; the client then sends them as a form.
      use_multipart_params_auto: true,
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
      // Every error is thrown, and whoever catches it says what it means.
      log: { level: ClickHouseLogLevel.OFF },
    });
    const clickhouse = new ClickHouse(new ConnectionPool(Array<ClickHouseClient>(connections).fill(client)), client);
    try {
      await clickhouse.ping();
    } catch (error) {
      await clickhouse.close();
      // The host alone: the URL may hold a password.
      throw new StorageError(`CLICKHOUSE_URL: the server at ${new URL(url).host} cannot be used: ${reasonOf(error)}`, {
        cause: error,
      });
    }
    return clickhouse;
  }

  /** Runs a SELECT and returns its rows; the statement carries no FORMAT clause. */
  async query(sql: string, parameters: Parameters = {}): Promise<Row[]> {
    return this.pool.use(async (client) => {
      const result = await client.query({ query: sql, query_params: parameters, format: 'JSONEachRow' });
      const rows = await result.json<Record<string, unknown>>();
      return rows.map((columns) => new Row(columns));
    });
  }

  /** Runs a statement that returns nothing. */
  async command(sql: string, parameters: Parameters = {}): Promise<void> {
    await this.pool.use((client) => client.command({ query: sql, query_params: parameters }));
  }

  /**
   * Runs an `INSERT … FORMAT …` statement with its rows as text in that format.
   * @throws Error also when the answer breaks off or is not ClickHouse's, and the rows may or may not be stored
   */
  async insert(sql: string, rows: string): Promise<void> {
    await this.pool.use(async (client) => {
      const result = await client.exec({ query: sql, values: Readable.from([rows], { objectMode: false }) });
      // A server's answer to an insert is empty; an error after its head, or somebody else's page, is not.
      const answer = (await text(result.stream)).trim();
      if (answer !== '') throw new Error(`The answer to an insert should be empty, but is: ${answer.slice(0, 200)}`);
    });
  }

  /** Answers when the engine does. @throws the engine's error */
  async ping(): Promise<void> {
    await this.query('SELECT 1 AS one');
  }

  /**
   * Makes the statements that run on a server fail, done or not, so that a shutdown need not wait for one that hangs.
   * The embedded engine cannot be interrupted and goes on.
   */
  async interrupt(): Promise<void> {
    await this.server?.close();
  }

  /** Waits for running statements, then lets the folder go. */
  async close(): Promise<void> {
    await this.pool.close((client) => client.close());
    if (this.embedded) await drainPending();
  }
}

/**
 * The connection hook of @clickhouse/client is experimental and its types do not name it for Node's client;
 * this is the only cast.
 */
function embeddedClient(path: string): ClickHouseClient {
  const connection = createChdbConnection({ path });
  return createClient({ connection } as unknown as ClientOptions);
}
type ClientOptions = NonNullable<globalThis.Parameters<typeof createClient>[0]>;

/** The engine prints why it did not open but does not say; its `status` file holds the process id of the folder's owner. */
async function storageError(path: string, error: unknown): Promise<StorageError> {
  const status = await readFile(join(path, 'status'), 'utf8').catch(() => '');
  const owner = Number(/^PID: (\d+)/m.exec(status)?.[1]);
  if (owner > 0 && owner !== process.pid && isRunning(owner)) {
    return new StorageError(
      `DATA_DIR ${path} is in use by another Meterhouse process (${owner}); stop it or choose another folder.`,
    );
  }
  return new StorageError(`The embedded engine cannot open DATA_DIR ${path}: ${reasonOf(error)}`, { cause: error });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether there is a process with this number. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
