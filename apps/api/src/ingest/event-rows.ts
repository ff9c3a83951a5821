/** Events as rows of the raw table, on their way into the log. Written by hand into one buffer: strings cost a lot more. */
import type { UsageEvent } from './event';

/** The columns, in the order in which they are written, and what they are read as. */
export const COLUMNS = {
  account_id: 'String',
  key_id: 'String',
  id: 'String',
  id_given: 'Bool',
  timestamp: "DateTime64(3, 'UTC')",
  method: 'String',
  endpoint: 'String',
  status_code: 'UInt16',
  latency_us: 'UInt32',
  request_bytes: 'UInt64',
  response_bytes: 'UInt64',
  error_type: 'String',
};

/** Bytes of most rows, and of what a row holds beside its texts at most. */
const ROW_BYTES = 192;

/** A character is six bytes at most, when it must be escaped. */
const CHARACTER_BYTES = 6;

/** Lines of JSONCompactEachRow in UTF-8, with a line feed between two. */
export function toRows(events: readonly UsageEvent[]): Buffer {
  const writer = new RowWriter(events.length);
  for (const event of events) writer.write(event);
  return writer.text;
}

class RowWriter {
  private bytes: Buffer;
  private length = 0;

  constructor(rows: number) {
    this.bytes = Buffer.allocUnsafe(rows * ROW_BYTES);
  }

  get text(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  write(event: UsageEvent): void {
    const { accountId, keyId, id, endpoint, errorType } = event;
    const characters = accountId.length + keyId.length + id.length + endpoint.length + errorType.length;
    this.reserve(ROW_BYTES + CHARACTER_BYTES * characters);
    this.plain(this.length === 0 ? '[' : '\n[');
    this.quoted(accountId);
    this.comma();
    this.quoted(keyId);
    this.comma();
    this.quoted(id);
    this.plain(event.idGiven ? ',true,"' : ',false,"');
    this.seconds(event.timestamp);
    this.plain('","');
    this.plain(event.method);
    this.plain('",');
    this.quoted(endpoint);
    this.comma();
    this.integer(event.statusCode);
    this.comma();
    this.integer(Math.round(event.latencyMs * 1_000));
    this.comma();
    this.integer(event.requestBytes);
    this.comma();
    this.integer(event.responseBytes);
    this.comma();
    this.quoted(errorType);
    this.plain(']');
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

  /** ASCII as it is. */
  private plain(text: string): void {
    const { bytes } = this;
    const { length } = text;
    const start = this.length;
    for (let index = 0; index < length; index++) bytes[start + index] = codeAt(text, index);
    this.length = start + length;
  }

  private comma(): void {
    this.bytes[this.length++] = COMMA;
  }

  /** Epoch milliseconds as seconds with three decimals. */
  private seconds(milliseconds: number): void {
    const rest = milliseconds % 1_000;
    this.integer((milliseconds - rest) / 1_000);
    this.plain(rest < 10 ? '.00' : rest < 100 ? '.0' : '.');
    this.integer(rest);
  }

  /** A whole number from 0. */
  private integer(value: number): void {
    let digits = 1;
    for (let power = 10; power <= value; power *= 10) digits += 1;
    this.length += digits;
    for (let end = this.length - 1, rest = value; digits > 0; digits--, end--) {
      const tenth = Math.floor(rest / 10);
      this.bytes[end] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
  }
}

/** Strings come in many forms, for which `text.charCodeAt` is looked up anew at each character; this is not. */
const codeAt = (text: string, index: number): number => String.prototype.charCodeAt.call(text, index);

const QUOTE = 0x22;
const COMMA = 0x2c;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
