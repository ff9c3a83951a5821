/** A request to a ClickHouse server at a time. */
import { type Readable, Transform, type TransformCallback, pipeline } from 'node:stream';
import { EXCEPTION_TAG_HEADER_NAME, extractErrorAtTheEndOfChunk } from '@clickhouse/client';
import { Connection, type Stop, type StreamedStatement, bytesOf, formatted } from './connection';
import { nameTheLimit } from './limits';
import type { Parameters } from './parameters';

export class ServerConnection extends Connection {
  async read(sql: string, parameters: Parameters): Promise<Buffer> {
    // Whoever wants the statement stopped kills it, and its answer then ends.
    return bytesOf(
      await this.open(
        sql,
        parameters,
        async () => undefined,
        (error) => error,
      ),
    );
  }

  async command(sql: string, parameters?: Parameters): Promise<void> {
    await this.client.command({ query: sql, ...(parameters && { query_params: parameters }) });
  }

  stream({ sql, parameters, format, settings }: StreamedStatement, stop: Stop): Promise<Readable> {
    return this.open(formatted(sql, format, settings), parameters, stop, nameTheLimit);
  }

  private async open(sql: string, parameters: Parameters, stop: Stop, named: Named): Promise<Readable> {
    const { stream, response_headers } = await this.client.exec({ query: sql, query_params: parameters });
    const tag = response_headers[EXCEPTION_TAG_HEADER_NAME];
    // An error of either destroys the other, and reaches the reader.
    return pipeline(stream, new Answer(typeof tag === 'string' ? tag : undefined, stop, named), () => undefined);
  }
}

/** What an error is given on as. */
type Named = (error: Error) => Error;

/** Longer than the block in which a server reports an error after bytes it has already sent. */
const ERROR_BLOCK_BYTES = 32_768;

/** The bytes of an answer as they come, but for the last ones, which may turn out to be an error. */
class Answer extends Transform {
  private tail: Buffer = Buffer.alloc(0);

  constructor(
    private readonly tag: string | undefined,
    private readonly stop: Stop,
    private readonly named: Named,
  ) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    if (this.tag === undefined) return callback(null, chunk);
    const bytes = Buffer.concat([this.tail, chunk]);
    const safe = Math.max(0, bytes.length - ERROR_BLOCK_BYTES);
    this.tail = bytes.subarray(safe);
    callback(null, bytes.subarray(0, safe));
  }

  override _flush(callback: TransformCallback): void {
    if (this.tag !== undefined && this.tail.subarray(-100).includes(`${this.tag}\r\n__exception__`)) {
      callback(this.named(extractErrorAtTheEndOfChunk(this.tail, this.tag)));
    } else {
      callback(null, this.tail);
    }
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    const stopped = this.writableFinished ? Promise.resolve() : this.stop(Promise.resolve());
    void stopped.finally(() => callback(error));
  }
}
