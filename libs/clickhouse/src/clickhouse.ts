/** The one way to ClickHouse: the embedded engine in a folder, or a server at a URL, behind the same three calls. */
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
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
    /** True when the engine runs in this process. */
    readonly embedded: boolean,
  ) {}

  /** Opens the engine or the server. @throws StorageError when the folder is taken or the engine does not start */
  static async open(options: StorageOptions): Promise<ClickHouse> {
    if (options.clickhouseUrl !== undefined) {
      const client = createClient({
        url: options.clickhouseUrl,
        max_open_connections: options.connections,
        clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
      });
      return new ClickHouse(new ConnectionPool(Array<ClickHouseClient>(options.connections).fill(client)), false);
    }
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
      return new ClickHouse(new ConnectionPool(clients), true);
    } catch (error) {
      throw await storageError(path, error);
    }
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

  /** Runs an `INSERT … FORMAT …` statement with its rows as text in that format. */
  async insert(sql: string, rows: string): Promise<void> {
    await this.pool.use(async (client) => {
      const result = await client.exec({ query: sql, values: Readable.from([rows], { objectMode: false }) });
      // The answer's body is empty, but an unread stream would hold its socket.
      result.stream.resume();
    });
  }

  /** Answers when the engine does. @throws the engine's error */
  async ping(): Promise<void> {
    await this.query('SELECT 1 AS one');
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
  const reason = error instanceof Error ? error.message : String(error);
  return new StorageError(`The embedded engine cannot open DATA_DIR ${path}: ${reason}`, { cause: error });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
