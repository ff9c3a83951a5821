/**
 * Checks one event against the contract. Written by hand: a call carries up to 10,000 events, and class-validator
 * makes an instance and walks its metadata for each, which would hold the event loop for seconds.
 */
import { COMMON_METHODS, DAY, HTTP_METHOD, MINUTE, controlIn, didYouMean, iso, parseInstant } from '@meterhouse/common';
import { quoted } from '../../http/fields';
import { endpointName } from '../../endpoints/endpoint-names';
import { errorTypeOf } from './error-type';
import { NO_PATH, pathHash } from './path-hash';
import { EVENT_FIELDS, EventIds, type Rejection, type ValidEvent } from './event';
import { UnreadableEvent } from './sent-events';

/** How far ahead of the service's clock an event may be dated. */
const MAX_AHEAD_MS = 5 * MINUTE;
const MAX_LATENCY_MS = 3_600_000;
/** Suggestions are looked for this often in one call: a body full of wrong names must not cost seconds. */
const MAX_SUGGESTIONS = 100;

const KNOWN_FIELDS: ReadonlySet<string> = new Set(EVENT_FIELDS);

/** A field that is wrong; caught in `validate`. */
class Invalid extends Error {}

/** What was sent. Names that are not of an event's fields are refused first, also `__proto__`: the others are its own. */
type Fields = Readonly<Partial<Record<(typeof EVENT_FIELDS)[number], unknown>>>;

/** Checks the events of one call, all against the same instant. An optional field that is null counts as left out. */
export class EventValidator {
  /** Range of timestamps that are accepted, in epoch milliseconds. */
  private readonly earliest: number;
  private readonly latest: number;
  private readonly ids: EventIds;
  private suggestionsLeft = MAX_SUGGESTIONS;

  /**
   * @param now epoch milliseconds, the default timestamp
   * @param rawDays days that raw events are kept; older ones are refused
   * @param pathHashes whether events get a hash of their path
   */
  constructor(
    private readonly now: number,
    private readonly rawDays: number,
    private readonly pathHashes = true,
  ) {
    this.earliest = Math.max(0, now - rawDays * DAY);
    this.latest = now + MAX_AHEAD_MS;
    this.ids = new EventIds(now);
  }

  /** The event with its defaults, or what is wrong with its first wrong field. Never throws. */
  validate(sent: unknown): ValidEvent | Rejection {
    try {
      return this.read(sent);
    } catch (error) {
      if (error instanceof Invalid) return { error: 'INVALID_PARAMETERS', message: error.message };
      throw error;
    }
  }

  private read(sent: unknown): ValidEvent {
    if (sent instanceof UnreadableEvent) throw new Invalid(sent.message);
    if (!isFields(sent)) throw new Invalid(`An event should be a JSON object, but is ${describe(sent)}.`);
    this.refuseUnknown(sent);
    const statusCode = integer(required(sent.statusCode, 'statusCode'), 'statusCode', 100, 599);
    const hasClientId = isSent(sent.id);
    const path = endpoint(required(sent.endpoint, 'endpoint'));
    return {
      id: hasClientId ? text(sent.id, 'id', 128) : this.ids.next(),
      hasClientId,
      timestamp: isSent(sent.timestamp) ? this.timestamp(sent.timestamp) : this.now,
      accountId: '',
      keyId: isSent(sent.keyId) ? text(sent.keyId, 'keyId', 128) : null,
      method: method(required(sent.method, 'method')),
      endpoint: endpointName(path),
      pathHash: this.pathHashes ? pathHash(path) : NO_PATH,
      statusCode,
      latencyMs: finite(required(sent.latencyMs, 'latencyMs'), 'latencyMs', 0, MAX_LATENCY_MS),
      requestBytes: isSent(sent.requestBytes) ? bytes(sent.requestBytes, 'requestBytes') : 0,
      responseBytes: isSent(sent.responseBytes) ? bytes(sent.responseBytes, 'responseBytes') : 0,
      errorType: errorType(sent.errorType, statusCode),
    };
  }

  private refuseUnknown(sent: Fields): void {
    for (const name in sent) {
      if (KNOWN_FIELDS.has(name)) continue;
      const suggestion = this.suggestionsLeft-- > 0 ? didYouMean(name, EVENT_FIELDS) : '';
      throw new Invalid(`${quoted(name)} is not a field of an event.${suggestion}`);
    }
  }

  private timestamp(value: unknown): number {
    const at = typeof value === 'number' ? Math.floor(value) : typeof value === 'string' ? parseInstant(value) : NaN;
    if (!Number.isFinite(at)) {
      throw wrong('timestamp', 'an ISO 8601 time such as 2026-03-02T10:15:30.000Z, or epoch milliseconds', value);
    }
    const { earliest, latest } = this;
    if (at > latest) {
      throw wrong('timestamp', `at most 5 minutes ahead of the service's clock (${iso(this.now)})`, value);
    }
    if (at < earliest) {
      const seconds = at * 1_000 >= earliest && at * 1_000 <= latest;
      const hint = seconds ? ' It looks like epoch seconds; send milliseconds.' : '';
      throw wrong('timestamp', `at most ${this.rawDays} days old, as long as raw events are kept`, value, hint);
    }
    return at;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that is null counts as left out. */
function isSent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function required(value: unknown, name: string): unknown {
  if (!isSent(value)) throw new Invalid(`${name} is required.`);
  return value;
}

/** Errors by type must add up to the failed requests, so a request that succeeded has none. */
function errorType(value: unknown, statusCode: number): string {
  const sent = isSent(value) ? text(value, 'errorType', 64, 0).trim() : '';
  if (statusCode < 400) return '';
  if (sent.includes(','))
    throw wrong('errorType', 'without commas, which separate the error types that are asked for', value);
  return sent === '' ? errorTypeOf(statusCode) : sent;
}

function text(value: unknown, name: string, max: number, min = 1): string {
  const read = string(value, name, max, min);
  const control = controlIn(read);
  if (control !== null) throw new Invalid(`${name} should not hold control characters, but holds ${control}.`);
  return read;
}

/** The path. Names of endpoints show characters that nobody sees percent-encoded; those that end a line or more are refused. */
function endpoint(value: unknown): string {
  const path = string(value, 'endpoint', 2_048, 1);
  if (/\p{Cc}/u.test(path)) throw new Invalid('endpoint should not hold control characters.');
  return path;
}

function string(value: unknown, name: string, max: number, min: number): string {
  if (typeof value !== 'string' || value.length < min || value.length > max) {
    throw wrong(
      name,
      min === 0 ? `a string of at most ${max} characters` : `a string of 1 to ${max} characters`,
      value,
    );
  }
  // Half a surrogate pair cannot be stored as UTF-8.
  return value.isWellFormed() ? value : value.toWellFormed();
}

/** Found without a look at their letters. */
function isCommonMethod(value: unknown): value is string {
  return COMMON_METHODS.has(value);
}

function method(value: unknown): string {
  if (isCommonMethod(value)) return value;
  if (typeof value !== 'string' || !HTTP_METHOD.test(value)) {
    throw wrong('method', `an HTTP method such as GET: 1 to 32 letters, digits or any of !#$%&'*+-.^_\`|~`, value);
  }
  return value.toUpperCase();
}

function finite(value: unknown, name: string, min: number, max: number): number {
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    throw wrong(name, `a number from ${min} to ${max}`, value);
  }
  return value;
}

function integer(value: unknown, name: string, min: number, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw wrong(name, `a whole number from ${min} to ${max}`, value);
  }
  return value;
}

/** A tebibyte: sums over any number of events that a service sees stay exact. */
const MAX_BYTES = 2 ** 40;

function bytes(value: unknown, name: string): number {
  return integer(value, name, 0, MAX_BYTES);
}

function wrong(name: string, expected: string, value: unknown, hint = ''): Invalid {
  return new Invalid(`${name} should be ${expected}, but is ${describe(value)}.${hint}`);
}

/** Objects are named, not shown: they may be of any size and depth. */
function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'string') return value.length > 60 ? `a string of ${value.length} characters` : quoted(value);
  return String(value);
}
