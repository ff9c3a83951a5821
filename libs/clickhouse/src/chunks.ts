/** Makes one document of the embedded engine's chunks, each of which is a document of its own. */

/** Never yields an empty buffer. @throws Error when a chunk is not what its format says */
export async function* joinChunks(chunks: AsyncIterable<Buffer>, format: string): AsyncGenerator<Buffer> {
  const bodies = joinOf(format)(chunks);
  for await (const body of bodies) if (body.length > 0) yield body;
}

type Join = (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;

/** Formats whose documents are rows one after the other. */
const ROWS = new Set([
  ...['TabSeparated', 'TSV', 'TabSeparatedRaw', 'TSVRaw', 'CSV', 'JSONEachRow', 'JSONLines', 'NDJSON', 'LineAsString'],
  ...['JSONCompactEachRow', 'JSONStringsEachRow', 'JSONCompactStringsEachRow', 'RowBinary', 'Native', 'RawBLOB'],
]);

/** Formats of lines, of which the first name the columns, and then their types. */
const LINES_BEFORE_ROWS =
  /^(?:TabSeparated|TSV|TabSeparatedRaw|TSVRaw|CSV|JSONCompactEachRow|JSONCompactStringsEachRow)WithNames(AndTypes)?$/;

const JSON_DOCUMENT = /^JSON(?:Compact)?(?:Strings)?$/;

/** Whether the chunks of a stream in the format can be joined; the answer in any other is to be read whole. */
export function isJoinable(format: string): boolean {
  return ROWS.has(format) || LINES_BEFORE_ROWS.test(format) || JSON_DOCUMENT.test(format) || format in BINARY;
}

const BINARY: Readonly<Record<string, Join>> = {
  ArrowStream: joinArrow,
  RowBinaryWithNames: (chunks) => joinRowBinary(chunks, 1),
  RowBinaryWithNamesAndTypes: (chunks) => joinRowBinary(chunks, 2),
};

function joinOf(format: string): Join {
  const lines = LINES_BEFORE_ROWS.exec(format);
  if (lines) return (chunks) => joinLines(chunks, lines[1] === undefined ? 1 : 2, format.startsWith('CSV'));
  if (JSON_DOCUMENT.test(format)) return joinJson;
  return BINARY[format] ?? ((chunks) => chunks);
}

/** The first lines of each chunk name the columns. */
async function* joinLines(chunks: AsyncIterable<Buffer>, lines: number, areQuoted: boolean): AsyncGenerator<Buffer> {
  let header = 0;
  for await (const chunk of chunks) {
    yield chunk.subarray(header);
    if (header === 0) header = endOfLines(chunk, lines, areQuoted);
  }
}

const [QUOTE, LINE_END] = [0x22, 0x0a];

/** @param areQuoted as in CSV, where a line break within quotes is part of a name; other formats escape it */
function endOfLines(chunk: Buffer, lines: number, areQuoted: boolean): number {
  let [end, quoted, ended] = [0, false, 0];
  while (end < chunk.length && ended < lines) {
    if (chunk[end] === QUOTE) quoted = areQuoted && !quoted;
    else if (chunk[end] === LINE_END && !quoted) ended += 1;
    end += 1;
  }
  return end;
}

/** Each chunk begins with the number of columns, and as often as `lists` says with so many texts. */
async function* joinRowBinary(chunks: AsyncIterable<Buffer>, lists: number): AsyncGenerator<Buffer> {
  let header = 0;
  for await (const chunk of chunks) {
    yield chunk.subarray(header);
    if (header === 0) header = endOfTexts(chunk, lists);
  }
}

function endOfTexts(chunk: Buffer, lists: number): number {
  let at = 0;
  /** An unsigned LEB128, as ClickHouse writes lengths. */
  const next = (): number => {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = chunk.readUInt8(at++);
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
      shift += 7;
    }
  };
  const columns = next();
  for (let text = 0; text < columns * lists; text++) {
    const length = next();
    at += length;
  }
  return at;
}

/** What stands before the first row and behind the last one of a JSON document; neither can be within a row. */
const DATA = '"data":\n\t[\n';
const DATA_END = '\n\t],\n\n\t"rows": ';

/** Each chunk is an object with `data`, an array of rows, and their number in `rows`. */
async function* joinJson(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rows = 0;
  let tail: string | undefined;
  for await (const chunk of chunks) {
    const [begin, end] = [chunk.indexOf(DATA) + DATA.length, chunk.lastIndexOf(DATA_END)];
    if (begin < DATA.length || end < begin) throw new Error('The engine sent a chunk that is no JSON document.');
    const [, count = '0', rest = ''] = /^(\d+)([^]*)$/.exec(chunk.toString('utf8', end + DATA_END.length)) ?? [];
    if (tail === undefined) yield chunk.subarray(0, end);
    else if (Number(count) > 0) yield Buffer.concat([Buffer.from(rows === 0 ? '' : ',\n'), chunk.subarray(begin, end)]);
    rows += Number(count);
    tail = rest;
  }
  if (tail !== undefined) yield Buffer.from(`${DATA_END}${rows}${tail}`);
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
