/** Takes the events out of a body, in any of the forms it may have, in slices. */
import type { Slices } from '@meterhouse/common';
import { ApiException } from '../../http/api-exception';
import type { BodyForm } from '../../http/body/body-form';
import { MAX_DEPTH, checkedUtf8, notJson, parseJson, tooDeep } from '../../http/body/json-body';
import { describeJsonError, isJson } from '../../http/body/json-error';
import { holdsMoreValues, tooManyValues } from '../../http/body/json-values';
import { cutArray, isJsonSpace, openOfEvents, skipSpace } from './event-list';

/** The most events one call may carry. */
export const MAX_EVENTS = 10_000;

/** Bytes of JSON that are parsed at once; no single parse holds the event loop for more than a few milliseconds. */
export interface ParseBounds {
  /** A document up to here is parsed whole. */
  whole: number;
  /** Events of a longer one, together. */
  group: number;
  /** A single event: ten times what the longest fields take. */
  event: number;
}

const BOUNDS: ParseBounds = { whole: 256 * 1024, group: 64 * 1024, event: 256 * 1024 };

/** A body of events as it was sent. */
export class SentBody {
  /** @param isLines NDJSON, and not JSON */
  constructor(
    readonly bytes: Buffer,
    readonly isLines: boolean,
  ) {}

  /**
   * The events in the order they were sent; an `UnreadableEvent` stands where one cannot be read by itself.
   * @throws ApiException INVALID_PARAMETERS when the body cannot be read or holds no event, PAYLOAD_TOO_LARGE when it holds
   *   too many, or too many values
   */
  async events(slices: Slices, bounds: ParseBounds = BOUNDS): Promise<readonly unknown[]> {
    const bytes = checkedUtf8(this.bytes);
    if (!this.isLines) return listEvents(await parseDocument(bytes, slices, bounds));
    return listEvents(bytes.length === 0 ? undefined : await parseLines(bytes, slices, bounds));
  }
}

/** The body of `POST /events`: read as values by the ingest service, in its own time. */
export const EVENTS_BODY: BodyForm = {
  maxBytes: 10 * 1024 * 1024,
  types: ['application/json', 'application/x-ndjson', 'application/ndjson'],
  read: (bytes, type) => new SentBody(bytes, type.endsWith('ndjson')),
};

/** An event that is not made a value of: a line of NDJSON that is not JSON, or one that is too long. */
export class UnreadableEvent {
  constructor(readonly message: string) {}
}

function tooLong({ event }: ParseBounds): UnreadableEvent {
  return new UnreadableEvent(
    `An event should take at most ${event / 1024} KiB of JSON; send several as an array or as {"events": […]}, without other fields.`,
  );
}

/** The body's value, as `JSON.parse` gives it, but for events that are too long. Undefined for an empty one. */
async function parseDocument(bytes: Buffer, slices: Slices, bounds: ParseBounds): Promise<unknown> {
  if (bytes.length <= bounds.whole) return parseJson(bytes, slices);
  const start = await skipSpace(bytes, 0, slices);
  if (start === bytes.length) return undefined;
  if (bytes[start] === BRACKET) {
    const array = await parseArray(bytes, start, slices, bounds);
    if (array?.end !== bytes.length) throw await notJson(bytes, slices);
    return eventsIn(array, 0);
  }
  const open = await openOfEvents(bytes, slices);
  const array = open === undefined ? undefined : await parseArray(bytes, open, slices, bounds);
  if (array && bytes[array.end] === CLOSE_BRACE && (await skipSpace(bytes, array.end + 1, slices)) === bytes.length) {
    return { events: eventsIn(array, 1) };
  }
  return parseOther(bytes, start, slices, bounds);
}

interface ParsedArray {
  /** The first of its elements, up to as many as a call may carry. */
  values: unknown[];
  /** Number of all elements. */
  count: number;
  /** Of the first byte behind it that is not white space. */
  end: number;
  /** The deepest nesting, the array itself being 1. */
  depth: number;
}

/** The array that begins here; undefined if it is not JSON. */
async function parseArray(
  bytes: Buffer,
  open: number,
  slices: Slices,
  bounds: ParseBounds,
): Promise<ParsedArray | undefined> {
  const cut = await cutArray(bytes, open, bounds.group, slices);
  if (!cut) return undefined;
  const values: unknown[] = [];
  let count = 0;
  for (const { start, end } of cut.groups) {
    if (slices.spent) await slices.next();
    const group = bytes.subarray(start, end);
    const parsed = group.length > bounds.event ? await longEvent(group, slices, bounds) : parseGroup(group);
    if (parsed.length === 0) return undefined;
    for (const value of parsed) if (count++ < MAX_EVENTS) values.push(value);
  }
  return { values, count, end: await skipSpace(bytes, cut.at, slices), depth: cut.deepest };
}

/** None if it is not JSON. */
function parseGroup(group: Buffer): unknown[] {
  try {
    return JSON.parse(`[${group.toString('utf8')}]`) as unknown[];
  } catch {
    return [];
  }
}

/** None if it is not JSON. */
async function longEvent(event: Buffer, slices: Slices, bounds: ParseBounds): Promise<unknown[]> {
  return (await isJson(event, slices)) ? [tooLong(bounds)] : [];
}

/** The elements of an array that is a list of events, `levels` deep in its document. */
function eventsIn({ values, count, depth }: ParsedArray, levels: number): unknown[] {
  if (depth + levels > MAX_DEPTH) throw tooDeep();
  if (count > MAX_EVENTS) throw tooMany(String(count));
  return values;
}

/** A document that is no list of events: one event, what cannot be one, or what is not JSON. */
async function parseOther(bytes: Buffer, start: number, slices: Slices, bounds: ParseBounds): Promise<unknown> {
  let end = bytes.length;
  while (isJsonSpace(bytes[end - 1])) end -= 1;
  const value = bytes.subarray(start, end);
  if (!(await isJson(value, slices))) throw await notJson(bytes, slices);
  if (value.length <= bounds.event) return parseJson(value, slices);
  return bytes[start] === BRACE ? [tooLong(bounds)] : null;
}

/**
 * The lines of an NDJSON body, parsed. Blank lines are skipped.
 * @throws ApiException PAYLOAD_TOO_LARGE for more lines than a call may carry, or too many values
 */
async function parseLines(bytes: Buffer, slices: Slices, bounds: ParseBounds): Promise<unknown[]> {
  if (await holdsMoreValues(bytes, slices)) throw tooManyValues();
  const events: unknown[] = [];
  let number = 0;
  for (let start = 0, end = 0; start < bytes.length; start = end + 1) {
    if (slices.spent) await slices.next();
    end = endOfLines(bytes, start, bounds.group);
    const block = bytes.subarray(start, end);
    // One line that is too long, or blank, which its first character shows.
    const isLong = block.length > bounds.event;
    const first = isLong ? await skipSpace(block, 0, slices) : 0;
    for (const line of block.toString('utf8', first, isLong ? first + 1 : block.length).split('\n')) {
      number += 1;
      if (line.trim() === '') continue;
      if (events.length === MAX_EVENTS) throw tooMany(`more than ${MAX_EVENTS}`);
      const event = isLong ? tooLong(bounds) : parseLine(line);
      events.push(event === undefined ? await badLine(line, number, slices) : event);
    }
  }
  return events;
}

/** Undefined if it is not JSON. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

async function badLine(line: string, number: number, slices: Slices): Promise<UnreadableEvent> {
  const what = await describeJsonError(Buffer.from(line), slices, number);
  return new UnreadableEvent(`The line is not valid JSON: ${what}`);
}

/** Where the last line ends that begins and ends within so many bytes, or the first one if it is longer. */
function endOfLines(bytes: Buffer, start: number, most: number): number {
  if (start + most >= bytes.length) return bytes.length;
  const last = bytes.lastIndexOf(LINE_FEED, start + most);
  const end = last >= start ? last : bytes.indexOf(LINE_FEED, start + most);
  return end === -1 ? bytes.length : end;
}

/**
 * The events of a body, in the order they were sent.
 * @throws ApiException INVALID_PARAMETERS when the body holds none, PAYLOAD_TOO_LARGE when it holds too many
 */
function listEvents(body: unknown): readonly unknown[] {
  const events = eventsOf(body);
  if (events.length === 0) throw new ApiException('INVALID_PARAMETERS', 'The body holds no event; send at least one.');
  if (events.length > MAX_EVENTS) throw tooMany(String(events.length));
  return events;
}

function eventsOf(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body as unknown[];
  if (body === undefined) throw new ApiException('INVALID_PARAMETERS', `The body is empty; ${EXPECTED}`);
  if (typeof body !== 'object' || body === null) {
    throw new ApiException('INVALID_PARAMETERS', `The body is neither an object nor an array; ${EXPECTED}`);
  }
  if (!('events' in body)) return [body];
  const extra = Object.keys(body).find((name) => name !== 'events');
  if (!Array.isArray(body.events) || extra !== undefined) {
    throw new ApiException(
      'INVALID_PARAMETERS',
      'A body with "events" should have that one field, an array of events.',
      [{ field: 'events', message: 'events should be an array of events, and the only field of the body.' }],
    );
  }
  return body.events as unknown[];
}

const EXPECTED = 'send one event, an array of events, {"events": […]}, or one event a line as application/x-ndjson.';

function tooMany(count: string): ApiException {
  return new ApiException(
    'PAYLOAD_TOO_LARGE',
    `The body holds ${count} events, but a call may carry ${MAX_EVENTS}; send them in several calls.`,
  );
}

const LINE_FEED = 0x0a;
const BRACKET = 0x5b;
const BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
