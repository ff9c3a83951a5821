/** The bytes of an export on their way to the client, as long as it keeps up. */
import { Transform, type TransformCallback } from 'node:stream';

/** Bytes a second, before they are compressed, that a client must read. */
const LEAST_SPEED = 64 * 1024;

/** A client may be behind that by so much. */
const PATIENCE_MS = 30_000;

const BEAT_MS = 1_000;

/**
 * Passes bytes on, and is destroyed with an error when the client reads too slowly. Time counts only
 * while bytes wait for the client, for the engine may be slow too; what is read faster makes up for pauses before it.
 */
export class PacedStream extends Transform {
  private bytes = 0;
  /** How far the client is behind the least speed. */
  private behindMs = 0;
  private readonly timer = setInterval(() => this.beat(), BEAT_MS);

  override _transform(chunk: Buffer, _: BufferEncoding, callback: TransformCallback): void {
    this.bytes += chunk.length;
    callback(null, chunk);
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    clearInterval(this.timer);
    callback(error);
  }

  private beat(): void {
    const waits = this.readableLength >= this.readableHighWaterMark || this.writableFinished;
    const waitedMs = waits ? BEAT_MS : 0;
    this.behindMs = Math.max(0, this.behindMs + waitedMs - (this.bytes / LEAST_SPEED) * 1_000);
    this.bytes = 0;
    if (this.behindMs > PATIENCE_MS) this.destroy(new Error('its client reads too slowly'));
  }
}
