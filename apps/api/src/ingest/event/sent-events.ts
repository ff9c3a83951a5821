/** Takes the events out of a body, in any of the forms it may have. */
import { ApiException } from '../../http/api-exception';
import type { BodyForm } from '../../http/body/body-form';
import { decodeText, parseJson } from '../../http/body/json-body';
import { describeJsonError } from '../../http/body/json-error';

/** The most events one call may carry. */
export const MAX_EVENTS = 10_000;

/** A body of events as it came: most are never made values of. */
export class SentBody {
  /** @param isLines NDJSON, and not JSON */
  constructor(
    readonly bytes: Buffer,
    readonly isLines: boolean,
  ) {}

  /** @throws ApiException as `listEvents`, or when it cannot be read */
  events(): readonly unknown[] {
    const text = decodeText(this.bytes);
    if (!this.isLines) return listEvents(parseJson(text));
    return listEvents(text === '' ? undefined : parseLines(text));
  }
}

/** The body of `POST /events`: read as values by the ingest service, in its own time. */
export const EVENTS_BODY: BodyForm = {
  maxBytes: 10 * 1024 * 1024,
  types: ['application/json', 'application/x-ndjson', 'application/ndjson'],
  read: (bytes, type) => new SentBody(bytes, type.endsWith('ndjson')),
};

/** A line of NDJSON that is not JSON: one event that cannot be read. */
export class UnreadableLine {
  constructor(readonly message: string) {}
}

/**
 * The lines of an NDJSON body, parsed; an `UnreadableLine` stands where one is not JSON. Blank lines are skipped.
 * @throws ApiException PAYLOAD_TOO_LARGE for more lines than a call may carry
 */
export function parseLines(body: string): unknown[] {
  const events: unknown[] = [];
  let number = 0;
  for (let start = 0; start < body.length;) {
    const newline = body.indexOf('\n', start);
    const end = newline === -1 ? body.length : newline;
    const line = body.slice(start, end);
    start = end + 1;
    number += 1;
    if (line.trim() === '') continue;
    if (events.length === MAX_EVENTS) throw tooMany(`more than ${MAX_EVENTS}`);
    events.push(parseLine(line, number));
  }
  return events;
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return new UnreadableLine(`The line is not valid JSON: ${describeJsonError(line, number)}`);
  }
}

/**
 * The events of a body, in the order they were sent.
 * @throws ApiException INVALID_PARAMETERS when the body holds none, PAYLOAD_TOO_LARGE when it holds too many
 */
export function listEvents(body: unknown): readonly unknown[] {
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
