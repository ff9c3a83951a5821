/** Makes one document of the embedded engine's chunks, each of which is a document of its own. */
import type { StreamFormat } from './connection';

/** Never yields an empty buffer. @throws Error when a chunk is not what its format says */
export async function* joinChunks(chunks: AsyncIterable<Buffer>, format: StreamFormat): AsyncGenerator<Buffer> {
  const join = JOIN[format];
  const bodies = join === undefined ? chunks : join(chunks);
  for await (const body of bodies) if (body.length > 0) yield body;
}

const JOIN: Partial<Record<StreamFormat, (chunks: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>>> = {
  CSVWithNames: joinCsv,
  ArrowStream: joinArrow,
};

/** The first line of each chunk names the columns; no name holds a line break. */
async function* joinCsv(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let header = 0;
  for await (const chunk of chunks) {
    yield chunk.subarray(header);
    if (header === 0) header = chunk.indexOf('\n') + 1;
  }
}

/** What stands before the length of each message of an Arrow stream, and, with a length of nothing, at its end. */
const CONTINUATION = 0xffffffff;
const END_OF_STREAM = Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);

/** Each chunk is a schema, batches and an end; see "IPC Streaming Format" at https://arrow.apache.org/docs/format/Columnar.html. */
async function* joinArrow(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let schema = 0;
  for await (const chunk of chunks) {
    if (chunk.readUInt32LE(0) !== CONTINUATION || !chunk.subarray(-END_OF_STREAM.length).equals(END_OF_STREAM)) {
      throw new Error('The engine sent a chunk that is no Arrow stream.');
    }
    yield chunk.subarray(schema, -END_OF_STREAM.length);
    // A schema message is its two words and the metadata they give the length of; it has no body.
    if (schema === 0) schema = 8 + chunk.readInt32LE(4);
  }
  yield END_OF_STREAM;
}
