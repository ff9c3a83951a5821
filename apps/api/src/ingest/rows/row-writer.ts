/** Writes rows of the raw table by hand into one buffer: strings cost a lot more. */
import type { UsageEvent } from '../event/event';

/** What of a row is not its texts takes no more. */
const REST_BYTES = 128;

/** A character is six bytes at most, when it must be escaped. */
const CHARACTER_BYTES = 6;

/** A row whose texts are known as bytes. */
export interface PlainRow {
  /** The row up to its id: `["account","key","`. */
  prefix: Buffer;
  timestamp: number;
  /** Printable ASCII. */
  method: Buffer;
  /** As a JSON string. */
  endpoint: Buffer;
  statusCode: number;
  latencyMs: number;
  requestBytes: number;
  responseBytes: number;
}

/** Bytes of printable ASCII that need no escape. */
export interface PlainText {
  bytes: Buffer;
  start: number;
  end: number;
}

/** Lines of JSONCompactEachRow, see `EventRows`. */
export class RowWriter {
  private bytes: Buffer;
  private length = 0;

  /** @param capacity bytes that are probably needed */
  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafe(capacity);
  }

  get text(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  write(event: UsageEvent): void {
    const { accountId, keyId, id, endpoint, errorType } = event;
    const characters = accountId.length + keyId.length + id.length + endpoint.length + errorType.length;
    this.reserve(REST_BYTES + CHARACTER_BYTES * characters);
    this.ascii(this.length === 0 ? '[' : '\n[');
    this.quoted(accountId);
    this.byte(COMMA);
    this.quoted(keyId);
    this.byte(COMMA);
    this.quoted(id);
    this.ascii(event.hasClientId ? ',true,"' : ',false,"');
    this.seconds(event.timestamp);
    this.ascii('","');
    this.ascii(event.method);
    this.ascii('",');
    this.quoted(endpoint);
    this.figures(event);
    this.quoted(errorType);
    this.byte(CLOSE);
  }

  /** The same row as `write` would make of it. */
  writePlain(row: PlainRow, id: PlainText, hasClientId: boolean, errorType: PlainText): void {
    const texts = row.prefix.length + row.endpoint.length + id.end - id.start + errorType.end - errorType.start;
    this.reserve(REST_BYTES + texts);
    if (this.length > 0) this.byte(NEWLINE);
    this.copy(row.prefix, 0, row.prefix.length);
    this.copy(id.bytes, id.start, id.end);
    this.copy(hasClientId ? GIVEN : MADE, 0, hasClientId ? GIVEN.length : MADE.length);
    this.seconds(row.timestamp);
    this.byte(QUOTE);
    this.byte(COMMA);
    this.byte(QUOTE);
    this.copy(row.method, 0, row.method.length);
    this.byte(QUOTE);
    this.byte(COMMA);
    this.copy(row.endpoint, 0, row.endpoint.length);
    this.figures(row);
    this.byte(QUOTE);
    this.copy(errorType.bytes, errorType.start, errorType.end);
    this.byte(QUOTE);
    this.byte(CLOSE);
  }

  private figures(row: Pick<PlainRow, 'statusCode' | 'latencyMs' | 'requestBytes' | 'responseBytes'>): void {
    this.byte(COMMA);
    this.integer(row.statusCode);
    this.byte(COMMA);
    this.integer(Math.round(row.latencyMs * 1_000));
    this.byte(COMMA);
    this.integer(row.requestBytes);
    this.byte(COMMA);
    this.integer(row.responseBytes);
    this.byte(COMMA);
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * this.bytes.length + bytes);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  /** A JSON string; the fast way is for printable ASCII that needs no escape. */
  private quoted(text: string): void {
    const { bytes } = this;
    const { length } = text;
    let end = this.length;
    bytes[end++] = QUOTE;
    for (let index = 0; index < length; index++) {
      const code = codeAt(text, index);
      if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) {
        this.length += bytes.write(JSON.stringify(text), this.length);
        return;
      }
      bytes[end++] = code;
    }
    bytes[end++] = QUOTE;
    this.length = end;
  }

  private byte(byte: number): void {
    this.bytes[this.length++] = byte;
  }

  /** Few bytes are copied faster one by one. */
  private copy(from: Uint8Array, start: number, end: number): void {
    const { bytes } = this;
    let to = this.length;
    for (let at = start; at < end; at++) bytes[to++] = from[at] as number;
    this.length = to;
  }

  private ascii(text: string): void {
    const { bytes } = this;
    const { length } = text;
    const start = this.length;
    for (let index = 0; index < length; index++) bytes[start + index] = codeAt(text, index);
    this.length = start + length;
  }

  /** Epoch milliseconds as seconds with three decimals. */
  private seconds(milliseconds: number): void {
    const seconds = Math.floor(milliseconds / 1_000);
    const rest = milliseconds - 1_000 * seconds;
    this.integer(seconds);
    this.byte(POINT);
    if (rest < 100) this.byte(ZERO);
    if (rest < 10) this.byte(ZERO);
    this.integer(rest);
  }

  /** A whole number from 0. */
  private integer(value: number): void {
    if (value < 10) return this.byte(ZERO + value);
    let digits = 1;
    for (let power = 10; power <= value; power *= 10) digits += 1;
    this.length += digits;
    let end = this.length - 1;
    let rest = value;
    for (; rest > MAX_SMALL_VALUE; end--) {
      const tenth = Math.floor(rest / 10);
      this.bytes[end] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    for (let small = rest | 0; small > 0; end--) {
      const tenth = (small / 10) | 0;
      this.bytes[end] = ZERO + small - tenth * 10;
      small = tenth;
    }
  }
}

/** Strings come in many forms, for which `text.charCodeAt` is looked up anew at each character; this is not. */
const codeAt = (text: string, index: number): number => String.prototype.charCodeAt.call(text, index);

/** Whole numbers up to here are divided as such. */
const MAX_SMALL_VALUE = 2 ** 31 - 1;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const POINT = 0x2e;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
const CLOSE = 0x5d;
const GIVEN = Buffer.from('",true,"');
const MADE = Buffer.from('",false,"');
