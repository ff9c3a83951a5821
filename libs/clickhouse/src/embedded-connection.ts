/** A handle of the engine in this process; it runs one statement at a time. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type ClickHouseClient, createClient, parseError } from '@clickhouse/client';
import { reasonOf } from '@meterhouse/common';
import { createChdbConnection } from 'chdb/connection';
import { joinChunks } from './chunks';
import {
  type BlockInsert,
  Connection,
  type Stop,
  type StreamedStatement,
  assigned,
  bytesOf,
  formatted,
} from './connection';
import type { ExportFiles } from './export-files';
import { nameTheLimit } from './limits';
import { type Parameters, bindings, literal } from './parameters';

/** Longer than any statement with the values bound to it, each of which the engine parses. */
const MAX_QUERY_BYTES = 67_108_864;

/**
 * Settings by which short statements are planned faster: statistics take a third of their time, and help none here, since
 * each reads along the primary key; there are no projections to look for.
 */
export const PLANNING = { use_statistics: 0, optimize_use_projections: 0 };

/** A path that `file()` takes as it stands. */
const PLAIN_PATH = /^[\p{L}\p{N}/._ -]+$/u;

/** The name of a file that passes between the engine and this process. */
const PASSING = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(?:rows|parquet)$/;

/**
 * Makes the folder for what passes between the engine and this process, and removes what a crash left in it: the reader
 * of an export is gone, and rows to insert are in the log. Other files in it stay.
 */
export async function removeLeftFiles(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const left = (await readdir(folder)).filter((name) => PASSING.test(name));
  await Promise.all(left.map((name) => rm(join(folder, name))));
}

export class EmbeddedConnection extends Connection {
  private constructor(
    client: ClickHouseClient,
    private readonly engine: ReturnType<typeof createChdbConnection>['chdb'],
    private readonly files: string,
    private readonly exports: ExportFiles,
  ) {
    super(client);
  }

  /**
   * @param files a folder for what passes between the engine and this process
   * @param exports in the same folder, of all connections
   */
  static async open(path: string, files: string, exports: ExportFiles): Promise<EmbeddedConnection> {
    const connection = createChdbConnection({ path });
    // The connection hook of @clickhouse/client is experimental and its types do not name it for Node's client.
    const client = createClient({ connection } as unknown as ClientOptions);
    // SET lasts as long as the handle; whole numbers that are not quoted lose digits past 2^53.
    const settings = { max_query_size: MAX_QUERY_BYTES, output_format_json_quote_64bit_integers: 1, ...PLANNING };
    await client.command({ query: `SET ${assigned(settings)}` });
    return new EmbeddedConnection(client, connection.chdb, files, exports);
  }

  async read(sql: string, parameters: Parameters): Promise<Buffer> {
    const query = bound(sql, parameters);
    return this.cleanly(async () => bytesOf((await this.client.exec({ query })).stream));
  }

  async command(sql: string, parameters?: Parameters): Promise<void> {
    const query = parameters ? bound(sql, parameters) : sql;
    await this.cleanly(() => this.client.command({ query }));
  }

  override insert(sql: string, rows: string | Buffer): Promise<void> {
    return this.cleanly(() => super.insert(sql, rows));
  }

  /**
   * The engine reads the rows from a file: behind a statement they are copied on the event loop, and values of
   * LowCardinality columns, which a plain INSERT reads one by one, cost it more than all else of an insert. A path that it
   * may take for a pattern, a partition or an archive is not named to it.
   */
  override async insertBlock({ table, columns, settings }: BlockInsert, rows: readonly Buffer[]): Promise<void> {
    if (!PLAIN_PATH.test(this.files)) return super.insertBlock({ table, columns, settings }, rows);
    const path = join(this.files, `${randomUUID()}.rows`);
    const structure = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
    try {
      await writeAll(path, rows);
      await this.command(
        `INSERT INTO ${table} (${Object.keys(columns).join(', ')})
         SELECT * FROM file(${literal(path)}, JSONCompactEachRow, ${literal(structure.join(', '))})
         SETTINGS ${assigned(settings)}`,
        {},
      );
    } catch (error) {
      // The name of the file means nothing to a reader of the reason.
      if (error instanceof Error) error.message = error.message.replaceAll(path, 'rows');
      throw error;
    } finally {
      await rm(path, { force: true });
    }
  }

  async stream(statement: StreamedStatement, stop: Stop): Promise<Readable> {
    if (statement.format === 'Parquet') return this.writeFile(statement, stop);
    const set = bindings(statement.sql, statement.parameters);
    if (set !== '') await this.client.command({ query: set });
    return openReadable(joinChunks(this.chunks(statement), statement.format), stop);
  }

  private async *chunks({ sql, format, settings }: StreamedStatement): AsyncGenerator<Buffer> {
    const stream = this.engine.queryStream(formatted(sql, format, settings), { format });
    let whole = false;
    try {
      for await (const chunk of stream) {
        const bytes = chunk.raw();
        yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      }
      whole = true;
    } catch (error) {
      throw nameTheLimit(parseError(reasonOf(error)));
    } finally {
      if (!whole) await this.letGo();
    }
  }

  private async cleanly<R>(run: () => Promise<R>): Promise<R> {
    try {
      return await run();
    } catch (error) {
      await this.letGo();
      throw error;
    }
  }

  /** The engine keeps a statement that has failed or was left, with its memory, until the handle runs the next one. */
  private async letGo(): Promise<void> {
    await this.client.command({ query: 'SELECT 1' }).catch(() => undefined);
  }

  /**
   * The engine's chunks are files of their own in Parquet, and no file of many: it writes one file to disk in constant
   * memory, which goes when it has been read.
   */
  private writeFile({ sql, parameters, settings }: StreamedStatement, stop: Stop): Promise<Readable> {
    // Else blocks are gathered to a million rows before they are written.
    const set = [...settings, 'min_insert_block_size_rows = 16384', 'min_insert_block_size_bytes = 0'].join(', ');
    const insert = (path: string): Promise<void> =>
      this.command(`INSERT INTO FUNCTION file(${literal(path)}, Parquet) SETTINGS ${set}\n${sql}`, parameters);
    return this.exports.written('parquet', insert, stop);
  }
}

/** In one call: between several, a busy event loop is waited for. @throws Error also when the disk takes only a part */
async function writeAll(path: string, pieces: readonly Buffer[]): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    const { bytesWritten } = await file.writev([...pieces]);
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
    if (bytesWritten < bytes) throw new Error(`The disk took ${bytesWritten} of ${bytes} bytes of ${path}.`);
  } finally {
    await file.close();
  }
}

type ClientOptions = NonNullable<globalThis.Parameters<typeof createClient>[0]>;

function bound(sql: string, parameters: Parameters): string {
  const set = bindings(sql, parameters);
  return set === '' ? sql : `${set}; ${sql}`;
}

/** The chunks as a stream that holds one at a time; resolves once the first has arrived. */
async function openReadable(chunks: AsyncGenerator<Buffer>, stop: Stop): Promise<Readable> {
  let first: IteratorResult<Buffer> | undefined = await chunks.next();
  let fetching: Promise<unknown> | undefined;
  return new Readable({
    highWaterMark: 1,
    read() {
      const next = first === undefined ? chunks.next() : Promise.resolve(first);
      first = undefined;
      fetching = next.then(
        (result) => {
          fetching = undefined;
          this.push(result.done === true ? null : result.value);
        },
        (error: Error) => {
          fetching = undefined;
          this.destroy(error);
        },
      );
    },
    destroy(error, callback) {
      const idle = fetching === undefined ? Promise.resolve() : stop(fetching);
      void idle
        .then(() => chunks.return(undefined))
        .then(
          () => callback(error),
          () => callback(error),
        );
    },
  });
}
