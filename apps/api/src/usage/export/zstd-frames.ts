/** zstd for a Node that has none of its own, in WebAssembly. */
import { Transform, type TransformCallback } from 'node:stream';
import { Zstd } from '@hpcc-js/wasm-zstd';
import { reasonOf } from '@meterhouse/common';

/** What is compressed at once, on the event loop: some milliseconds. */
const FRAME_BYTES = 256 * 1024;

/**
 * Compresses in frames that do not depend on each other: frames one after the other are a zstd stream
 * (https://datatracker.ietf.org/doc/html/rfc8878#section-3).
 */
export class ZstdFrames extends Transform {
  private zstd: Zstd | undefined;
  private chunks: Buffer[] = [];
  private bytes = 0;
  private isEmpty = true;

  override _construct(callback: (error?: Error) => void): void {
    Zstd.load().then((zstd) => {
      this.zstd = zstd;
      callback();
    }, callback);
  }

  override _transform(chunk: Buffer, _: BufferEncoding, callback: TransformCallback): void {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    if (this.bytes < FRAME_BYTES) callback();
    else this.pushFrame(callback);
  }

  override _flush(callback: TransformCallback): void {
    if (this.bytes > 0 || this.isEmpty) this.pushFrame(callback);
    else callback();
  }

  private pushFrame(callback: TransformCallback): void {
    try {
      const frame = this.zstd?.compress(Buffer.concat(this.chunks));
      this.chunks = [];
      this.bytes = 0;
      this.isEmpty = false;
      callback(null, frame);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(reasonOf(error)));
    }
  }
}
