/** The bytes that go to one client, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
import { Readable } from 'node:stream';
import { toJson } from '../http/json';
import type { LiveMinuteDto } from './dto/live-minute.dto';

/** Bytes waiting for a client at which it is sent nothing more; one round's messages may come on top. */
const ENOUGH_BYTES = 16_384;

/** A comment is sent after this long without a message, so that neither side takes the connection for dead. */
const QUIET_MS = 10_000;

/** A client that has read nothing for this long is disconnected. */
const STALLED_MS = 60_000;

/** The `retry` of the stream: clients reconnect after this long. */
const RETRY_MS = 2_000;

/** One message of the stream. @param id epoch second */
export function toMessage(id: number, minute: LiveMinuteDto): string {
  return `event: minute\nid: ${id}\ndata: ${toJson(minute)}\n\n`;
}

export class LiveStream extends Readable {
  /** Has missed a message, or had none yet: its next messages are whole minutes. */
  behind = true;
  /** Start of the first minute that was sent whole, epoch seconds. */
  firstMinute = Infinity;
  private open = true;
  private hasRoom = true;
  /** When bytes were last sent, and when there was last room for more. */
  private sentAt = performance.now();
  private roomAt = performance.now();

  /**
   * @param known epoch second up to which the client has seen everything; null for a new stream
   * @param isAllowed whether the key it was opened with may still read
   */
  constructor(
    public known: number | null,
    readonly isAllowed: () => boolean,
  ) {
    super({ highWaterMark: ENOUGH_BYTES });
    this.push(`retry: ${RETRY_MS}\n\n`);
  }

  /** Whether a message can be sent now. */
  get isReady(): boolean {
    return this.open && this.hasRoom && !this.destroyed;
  }

  /** Whether it takes no more messages and is only read to its end. */
  get isEnding(): boolean {
    return !this.open;
  }

  override _read(): void {
    this.hasRoom = true;
    this.roomAt = performance.now();
  }

  /** Sends messages; nothing once the stream has ended. */
  send(messages: string): void {
    if (!this.open || this.destroyed || messages === '') return;
    this.sentAt = performance.now();
    this.hasRoom = this.push(messages);
    if (this.hasRoom) this.roomAt = this.sentAt;
  }

  /** Call it every second: sends the heartbeat, and disconnects a client that is stuck or may no longer read. */
  tend(): void {
    const now = performance.now();
    // Ended with bytes still unread, or nothing read for long.
    if (!this.open || (!this.hasRoom && now - this.roomAt > STALLED_MS)) this.destroy();
    else if (!this.isAllowed()) this.finish();
    else if (this.hasRoom && now - this.sentAt > QUIET_MS) this.send(':\n\n');
  }

  /** Ends the answer after the bytes already sent, or at once when the client is stuck. */
  finish(): void {
    if (!this.open) return;
    this.open = false;
    if (this.hasRoom) this.push(null);
    else this.destroy();
  }
}
