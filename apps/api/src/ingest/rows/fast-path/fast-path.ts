/**
 * Turns the bodies that most senders send straight into rows: plain JSON whose events are all good. Whatever is different
 * in any way goes the long way, by JSON.parse and `EventValidator`, which makes the same rows of the same bodies and takes
 * many times as long.
 */
import { hashOf } from '../../deduplication/id-hash';
import { EventIds } from '../../event/event';
import { type EventRows, type NamedRow, ROW_BYTES } from '../event-rows';
import { type PlainRow, type PlainText, RowWriter } from '../row-writer';
import { MAX_EVENTS } from '../../event/sent-events';
import { MAX_LATENCY_MS, MAX_BYTES, type TimeLimits } from '../../event/validate-event';
import { FIELD, REQUIRED, readField } from './fields';
import { JsonCursor, NOT_PLAIN } from './json-cursor';
import { type FindKey, PlainKeys, type RowKey } from './keys';
import { ERROR_TYPES, endpointOf, isStorable, methodOf } from './texts';
import { PlainTimes } from './times';

/**
 * @param isLines the body is NDJSON
 * @returns undefined where it must go the long way
 */
export function readPlain(
  bytes: Buffer,
  isLines: boolean,
  limits: TimeLimits,
  findKey: FindKey,
): EventRows | undefined {
  try {
    return new PlainEvents(new JsonCursor(bytes, isLines), limits, findKey).read(isLines);
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

class PlainEvents {
  private readonly writer: RowWriter;
  private readonly keys: PlainKeys;
  private readonly times: PlainTimes;
  private readonly ids: EventIds;
  private readonly named: NamedRow[] = [];
  private count = 0;
  /** The event that is being read. */
  private readonly row: PlainRow;
  private readonly id: PlainText;
  private readonly errorType: PlainText;
  private key: RowKey | undefined;

  constructor(
    private readonly cursor: JsonCursor,
    private readonly limits: TimeLimits,
    findKey: FindKey,
  ) {
    const { bytes } = cursor;
    this.writer = new RowWriter(Math.min(bytes.length, MAX_EVENTS * ROW_BYTES));
    this.keys = new PlainKeys(findKey);
    this.times = new PlainTimes(cursor, limits);
    this.ids = new EventIds(limits.now);
    this.id = { bytes, start: 0, end: 0 };
    this.errorType = { bytes, start: 0, end: 0 };
    this.row = {
      prefix: bytes,
      timestamp: 0,
      method: bytes,
      endpoint: bytes,
      statusCode: 0,
      latencyMs: 0,
      requestBytes: 0,
      responseBytes: 0,
    };
  }

  read(isLines: boolean): EventRows {
    const { cursor } = this;
    if (isLines) this.lines();
    else if (cursor.peek() === BRACKET) this.list();
    else if (!this.wrapped()) this.event();
    if (cursor.peek() !== END || this.count === 0) throw NOT_PLAIN;
    return { text: this.writer.text, count: this.count, named: this.named, oldest: this.keys.oldest() };
  }

  private lines(): void {
    const { cursor } = this;
    while (cursor.peek() !== END) {
      if (cursor.peek() !== LINE_FEED) this.event();
      if (!cursor.skips(LINE_FEED) && cursor.peek() !== END) throw NOT_PLAIN;
    }
  }

  private list(): void {
    const { cursor } = this;
    cursor.expect(BRACKET);
    do this.event();
    while (cursor.skips(COMMA));
    cursor.expect(BRACKET_END);
  }

  /** `{"events": […]}`; false where it is something else, and nothing is passed over. */
  private wrapped(): boolean {
    const { cursor } = this;
    const start = cursor.at;
    cursor.expect(BRACE);
    if (cursor.peek() !== QUOTE || !cursor.take(EVENTS)) {
      cursor.at = start;
      return false;
    }
    cursor.expect(COLON);
    this.list();
    cursor.expect(BRACE_END);
    return true;
  }

  private event(): void {
    const { cursor, row } = this;
    if (this.count === MAX_EVENTS) throw NOT_PLAIN;
    let [seen, nulls] = [0, 0];
    this.key = undefined;
    row.timestamp = this.limits.now;
    row.requestBytes = 0;
    row.responseBytes = 0;
    cursor.expect(BRACE);
    do {
      cursor.expect(QUOTE);
      const field = readField(cursor);
      // The last one of a name counts.
      if ((seen & field) !== 0) throw NOT_PLAIN;
      seen |= field;
      cursor.expect(COLON);
      // A field that is null counts as left out.
      if (cursor.peek() === NULL[0] && cursor.take(NULL)) nulls |= field;
      else this.field(field);
    } while (cursor.skips(COMMA));
    cursor.expect(BRACE_END);
    this.write(seen & ~nulls);
  }

  private field(field: number): void {
    const { cursor, row } = this;
    switch (field) {
      case FIELD.id:
        cursor.text(1, 128);
        this.id.start = cursor.start;
        this.id.end = cursor.end;
        break;
      case FIELD.timestamp:
        row.timestamp = this.times.read();
        break;
      case FIELD.keyId:
        cursor.text(1, 128);
        this.key = this.keys.named(cursor);
        break;
      case FIELD.method:
        cursor.text(1, 32);
        row.method = methodOf(cursor);
        break;
      case FIELD.endpoint:
        cursor.text(1, 2_048);
        row.endpoint = endpointOf(cursor);
        break;
      case FIELD.statusCode:
        row.statusCode = integer(cursor.number(), 100, 599);
        break;
      case FIELD.latencyMs:
        row.latencyMs = cursor.number();
        if (row.latencyMs > MAX_LATENCY_MS) throw NOT_PLAIN;
        break;
      case FIELD.requestBytes:
        row.requestBytes = integer(cursor.number(), 0, MAX_BYTES);
        break;
      case FIELD.responseBytes:
        row.responseBytes = integer(cursor.number(), 0, MAX_BYTES);
        break;
      case FIELD.errorType:
        cursor.text(0, 64);
        this.errorType.start = cursor.start;
        this.errorType.end = cursor.end;
        break;
    }
  }

  /** @param sent the fields that are not left out */
  private write(sent: number): void {
    const { row, id, errorType } = this;
    if ((sent & REQUIRED) !== REQUIRED) throw NOT_PLAIN;
    const key = this.key ?? this.keys.unnamed;
    row.prefix = key.prefix;
    if (row.timestamp < key.oldest) key.oldest = row.timestamp;
    const hasClientId = (sent & FIELD.id) !== 0;
    if (hasClientId) {
      this.named.push({ index: this.count, id: hashOf(key.accountId, id.bytes.toString('latin1', id.start, id.end)) });
    }
    const hasType = (sent & FIELD.errorType) !== 0 && errorType.end > errorType.start && row.statusCode >= 400;
    if (hasType && !isStorable(errorType)) throw NOT_PLAIN;
    const type = hasType ? errorType : (ERROR_TYPES[row.statusCode] as PlainText);
    this.writer.writePlain(row, hasClientId ? id : this.ids.nextBytes(), hasClientId, type);
    this.count += 1;
  }
}

function integer(value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most) throw NOT_PLAIN;
  return value;
}

const EVENTS = Buffer.from('"events"');
const NULL = Buffer.from('null');

const END = -1;
const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const BRACE = 0x7b;
const BRACE_END = 0x7d;
