/** One connection: a handle of the embedded engine, or a place among the requests to a server. */
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ClickHouseClient } from '@clickhouse/client';
import { type Parameters, literal } from './parameters';

/** What `ClickHouse.stream` can answer in. */
export type StreamFormat = 'CSVWithNames' | 'JSONEachRow' | 'Parquet' | 'ArrowStream';

/** A statement for one of the formats, without FORMAT and with the settings it alone is to run under. */
export interface StreamedStatement {
  sql: string;
  parameters: Parameters;
  format: StreamFormat;
  settings: string[];
}

/** Ends the statement, and resolves when `running` has settled. */
export type Stop = (running: Promise<unknown>) => Promise<void>;

/** An insert of rows in JSONCompactEachRow; names, types and settings are constants of the code. */
export interface BlockInsert {
  table: string;
  /** In the order of the rows: the type that each is read as, without LowCardinality, which is slow to read. */
  columns: Readonly<Record<string, string>>;
  settings: Readonly<Record<string, string | number>>;
}

export abstract class Connection {
  constructor(protected readonly client: ClickHouseClient) {}

  /** Runs a statement that carries its FORMAT; resolves to its answer when the engine has finished. */
  abstract read(sql: string, parameters: Parameters): Promise<Buffer>;

  /** @param parameters without them placeholders stay as they are */
  abstract command(sql: string, parameters?: Parameters): Promise<void>;

  /**
   * Runs a statement and resolves once its first bytes have arrived. When the stream is closed, the engine has finished;
   * it has already where that is a `ReadStream` of a file.
   * @param stop is called when the stream is destroyed before its end
   * @throws the engine's error where it comes before the first bytes; a later one destroys the stream
   */
  abstract stream(statement: StreamedStatement, stop: Stop): Promise<Readable>;

  /** See `ClickHouse.insert`. */
  async insert(sql: string, rows: string | Buffer): Promise<void> {
    const result = await this.client.exec({ query: sql, values: Readable.from([rows], { objectMode: false }) });
    // A server's answer to an insert is empty; an error after its head, or a page of a proxy, is not.
    const answer = (await text(result.stream)).trim();
    if (answer !== '') throw new Error(`The answer to an insert should be empty, but is: ${answer.slice(0, 200)}`);
  }

  /** See `ClickHouse.insertBlock`. */
  insertBlock({ table, columns, settings }: BlockInsert, rows: readonly Buffer[]): Promise<void> {
    const names = Object.keys(columns).join(', ');
    const sql = `INSERT INTO ${table} (${names}) SETTINGS ${assigned(settings)} FORMAT JSONCompactEachRow`;
    return this.insert(sql, Buffer.concat(rows));
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

/** All that a stream has. */
export async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

/** Settings as a SETTINGS clause lists them. */
export function assigned(settings: BlockInsert['settings']): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${typeof value === 'string' ? literal(value) : value}`)
    .join(', ');
}

/** The statement with its format and settings; settings behind the format hold beside a SETTINGS clause of its own. */
export function formatted(sql: string, format: string, settings: string[]): string {
  return `${sql}\nFORMAT ${format}${settings.length === 0 ? '' : `\nSETTINGS ${settings.join(', ')}`}`;
}

/** A chunk of a stream is a block of the engine's: at its default size, a few of wide rows take hundreds of megabytes. */
const CHUNK_ROWS = 'max_block_size = 16384';

/** Settings that make an answer in the format what its readers expect, in constant memory. */
export const FORMAT_SETTINGS: Record<StreamFormat, string[]> = {
  CSVWithNames: [CHUNK_ROWS],
  // Numbers as numbers, with all of their digits.
  JSONEachRow: [CHUNK_ROWS, 'output_format_json_quote_64bit_integers = 0'],
  // A row group is put together in memory, a million rows by default.
  Parquet: [CHUNK_ROWS, 'output_format_parquet_row_group_size_bytes = 16777216'],
  // Not every reader of Arrow knows its compression, and HTTP has its own.
  ArrowStream: [CHUNK_ROWS, "output_format_arrow_compression_method = 'none'"],
};
