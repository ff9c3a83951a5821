/** Streams a log to `POST /events`: line → event → batch, in constant memory, with two batches on their way. */
import { iso } from '@meterhouse/common';
import { forEachConcurrent } from '../batches';
import type { MeterhouseClient } from '../client';
import { CliError, errorCode } from '../errors';
import { type Progress, grouped } from '../progress';
import { LineIds } from './line-ids';
import { type LogSource, linesOf } from './lines';
import { type Format, type ParsedEvent, REASONS } from './parsed-line';
import { PARSERS } from './parsers';
import { ImportSummary } from './summary';

/** Events in one call, */
const BATCH_EVENTS = 5_000;
/** or this many characters of JSON, which stay under the 10 MiB of a call even at three bytes each. */
const BATCH_CHARACTERS = 3_145_728;
const IN_FLIGHT = 2;
/** What an event may say that its request took, in milliseconds. */
const MAX_LATENCY_MS = 3_600_000;

export interface ImportOptions {
  format: Format;
  /** Names the log's source: equal lines of two sources are different requests. @default one for all */
  source?: string;
  /** The account to import into; needs an admin's key and `keyId`. */
  account?: string;
  /** @default the calling key */
  keyId?: string;
  /** Milliseconds added to every date. */
  shiftMs: number;
  /** Called with each line that was not taken; a promise holds up the reading. */
  onRejected?: (line: string) => Promise<void> | void;
}

interface NumberedLine {
  number: number;
  text: string;
}

interface Batch {
  /** Each as JSON on one line. */
  events: string[];
  /** The lines they came from. */
  lines: NumberedLine[];
  withoutLatency: number;
  characters: number;
}

/** An import that stopped half-way, with what it had done by then. */
export class ImportStopped extends CliError {
  constructor(
    cause: CliError,
    readonly summary: ImportSummary,
  ) {
    super(
      summary.arrived === 0
        ? cause.message
        : `${cause.message} Run the same command again to go on: what has arrived is not counted twice.`,
    );
  }
}

/** @throws ImportStopped when the service fails for good */
export async function runImport(
  client: Pick<MeterhouseClient, 'sendEvents'>,
  source: LogSource,
  options: ImportOptions,
  progress: Progress,
): Promise<ImportSummary> {
  const summary = new ImportSummary();
  progress.start('Importing', source.size);
  let bytes = 0;
  const chunks = source.chunks((read) => {
    bytes += read;
    progress.update(bytes, `${grouped(summary.linesRead)} lines, ${grouped(summary.accepted)} accepted`);
  });
  try {
    await forEachConcurrent(batchesOf(chunks, options, summary), IN_FLIGHT, async (batch) => {
      await sendBatch(client, batch, options, summary);
      progress.update(bytes, `${grouped(summary.linesRead)} lines, ${grouped(summary.accepted)} accepted`);
    });
  } catch (error) {
    throw error instanceof CliError ? new ImportStopped(error, summary) : unreadable(error);
  } finally {
    progress.stop();
  }
  return summary;
}

async function* batchesOf(
  chunks: AsyncIterable<Buffer>,
  options: ImportOptions,
  summary: ImportSummary,
): AsyncGenerator<Batch> {
  const ids = new LineIds(options.source ?? '');
  let batch = emptyBatch();
  for await (const lines of linesOf(chunks)) {
    for (const { number, text } of lines) {
      summary.linesRead++;
      const parsed = text === null ? { reason: REASONS.tooLong } : PARSERS[options.format](text);
      if ('reason' in parsed) {
        summary.unreadable++;
        summary.reject(number, parsed.reason);
        await options.onRejected?.(text ?? '');
        continue;
      }
      if ('noRequest' in parsed) {
        summary.passOver(parsed.noRequest);
        continue;
      }
      if (!('latencyMs' in parsed.fields) && options.format !== 'ndjson') {
        parsed.fields['latencyMs'] = 0;
        batch.withoutLatency++;
      }
      const event = JSON.stringify(eventOf(parsed, options, ids));
      batch.events.push(event);
      batch.lines.push({ number, text: text ?? '' });
      batch.characters += event.length + 1;
      if (batch.events.length >= BATCH_EVENTS || batch.characters >= BATCH_CHARACTERS) {
        yield batch;
        batch = emptyBatch();
      }
    }
  }
  if (batch.events.length > 0) yield batch;
}

function emptyBatch(): Batch {
  return { events: [], lines: [], withoutLatency: 0, characters: 0 };
}

/** An event of an NDJSON file may bring its own id and key; as for the service, null is none. */
function eventOf({ at, content, fields }: ParsedEvent, options: ImportOptions, ids: LineIds): object {
  const { statusCode, latencyMs } = fields;
  const keyId = fields['keyId'] ?? options.keyId;
  return {
    ...fields,
    id: fields['id'] ?? ids.next(content),
    ...(at === null ? {} : { timestamp: iso(at + options.shiftMs) }),
    ...(keyId === undefined ? {} : { keyId }),
    // A connection that was switched to another protocol lasts as long as it likes, and no figure has its latency.
    ...(statusCode === 101 && typeof latencyMs === 'number' ? { latencyMs: Math.min(latencyMs, MAX_LATENCY_MS) } : {}),
  };
}

async function sendBatch(
  client: Pick<MeterhouseClient, 'sendEvents'>,
  batch: Batch,
  options: ImportOptions,
  summary: ImportSummary,
): Promise<void> {
  const result = await client.sendEvents(batch.events, options.account);
  summary.accepted += result.accepted;
  summary.duplicates += result.duplicates;
  summary.withoutLatency += batch.withoutLatency;
  for (const { index, message } of result.rejected) {
    const line = batch.lines[index];
    if (!line) continue;
    summary.reject(line.number, message);
    await options.onRejected?.(line.text);
  }
}

/** The date of the newest line that can be read, epoch milliseconds; null when none can. Reads the whole log. */
export async function findNewest(source: LogSource, format: Format, progress: Progress): Promise<number | null> {
  const parse = PARSERS[format];
  let newest: number | null = null;
  let bytes = 0;
  let count = 0;
  progress.start('Looking for the newest line', source.size);
  try {
    const chunks = source.chunks((read) => progress.update((bytes += read), `${grouped(count)} lines`));
    for await (const lines of linesOf(chunks)) {
      count += lines.length;
      for (const { text } of lines) {
        const parsed = text === null ? null : parse(text);
        if (parsed && 'at' in parsed && parsed.at !== null && parsed.at > (newest ?? -1)) newest = parsed.at;
      }
    }
  } catch (error) {
    throw unreadable(error);
  } finally {
    progress.stop();
  }
  return newest;
}

function unreadable(error: unknown): unknown {
  const code = error instanceof CliError ? null : errorCode(error);
  if (code === null) return error;
  const why =
    code === 'Z_DATA_ERROR'
      ? 'it is damaged, or plain text follows what is gzip\'d; "zcat -f" joins logs of both kinds'
      : "a gzip'd file may be cut off";
  return new CliError(`The log cannot be read to its end (${code}): ${why}.`);
}
