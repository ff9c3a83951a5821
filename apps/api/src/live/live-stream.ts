/** The bytes that go to one client, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
import { Readable } from 'node:stream';
import type { LiveMinuteDto } from './dto/live-minute.dto';

/** While this much waits for a client, it is sent nothing; one round's messages may come on top. */
const ENOUGH_BYTES = 16_384;

/** A comment goes out after this long without a message, so that neither side takes the other for gone. */
const QUIET_MS = 10_000;

/** A client that has taken nothing for this long gives its place to others. */
const STALLED_MS = 60_000;

/** Clients try again after this long. */
const RETRY_MS = 2_000;

/** One message of the stream. @param id epoch second */
export function toMessage(id: number, minute: LiveMinuteDto): string {
  return `event: minute\nid: ${id}\ndata: ${JSON.stringify(minute)}\n\n`;
}

export class LiveStream extends Readable {
  /** Missed a message, or has had none: it is sent whole minutes next. */
  behind = true;
  /** Start of the first minute that it was sent whole, epoch seconds. */
  firstMinute = Infinity;
  private open = true;
  private hasRoom = true;
  /** Of the last bytes that were sent, and of the last time there was room for more. */
  private sentAt = performance.now();
  private roomAt = performance.now();

  /**
   * @param known epoch second up to which the client has seen everything; null for one that begins
   * @param isAllowed whether the key it came with may still read
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

  /** To be called every second: sends the heartbeat, and lets go of a client that is stuck or may not read any more. */
  tend(): void {
    const now = performance.now();
    // It was ended, and what waited was not taken since; or nothing was for long.
    if (!this.open || (!this.hasRoom && now - this.roomAt > STALLED_MS)) this.destroy();
    else if (!this.isAllowed()) this.finish();
    else if (this.hasRoom && now - this.sentAt > QUIET_MS) this.send(':\n\n');
  }

  /** Ends the answer after what was sent, or at once when that is stuck. */
  finish(): void {
    if (!this.open) return;
    this.open = false;
    if (this.hasRoom) this.push(null);
    else this.destroy();
  }
}
