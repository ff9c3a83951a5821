/** Writes rows of the raw table byte by byte into one buffer, which takes half as long as JSON.stringify of each. */
import type { UsageEvent } from '../event/event';
import type { PathHash } from '../event/path-hash';

/** Upper bound, in bytes, of a row without its strings. */
const REST_BYTES = 152;

/** Upper bound of a character's bytes, reached when it must be escaped. */
const CHARACTER_BYTES = 6;

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
    this.byte(COMMA);
    this.integer(event.statusCode);
    this.byte(COMMA);
    this.integer(Math.round(event.latencyMs * 1_000));
    this.byte(COMMA);
    this.integer(event.requestBytes);
    this.byte(COMMA);
    this.integer(event.responseBytes);
    this.byte(COMMA);
    this.quoted(errorType);
    this.byte(COMMA);
    this.hash(event.pathHash);
    this.byte(CLOSE);
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

  /** 64 bits in decimal, without a BigInt: the first digits, and the last six of them. */
  private hash({ high, low }: PathHash): void {
    const rest = (high % MILLION) * HALF + low;
    const first = Math.floor(high / MILLION) * HALF + Math.floor(rest / MILLION);
    if (first === 0) return this.integer(rest);
    this.integer(first);
    const last = rest % MILLION;
    for (let unit = MILLION / 10; unit > last && unit > 1; unit /= 10) this.byte(ZERO);
    this.integer(last);
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

const MILLION = 1_000_000;
const HALF = 2 ** 32;

const QUOTE = 0x22;
const COMMA = 0x2c;
const POINT = 0x2e;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
const CLOSE = 0x5d;
