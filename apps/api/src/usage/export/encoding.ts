/** Compresses what goes over the wire, where the client asks for it. */
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { preferred } from './negotiation';
import { ZstdFrames } from './zstd-frames';

const ENCODINGS = ['zstd', 'gzip'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Node has zstd from 22.15 on. */
interface Compressors {
  createGzip: (options: { level: number }) => Transform;
  createZstdCompress?: () => Transform;
}

const { createGzip, createZstdCompress }: Compressors = zlib;

/** Exports are long and made once: a level that keeps up with the engine. */
const GZIP_LEVEL = 3;

/** The encoding that an `Accept-Encoding` header likes best; null for none. */
export function encodingOf(acceptEncoding: string | undefined): Encoding | null {
  const best = preferred(acceptEncoding ?? 'identity', [...ENCODINGS, 'identity']);
  return ENCODINGS.find((encoding) => encoding === best) ?? null;
}

/** A stream that compresses what is written to it. */
export function compressor(encoding: Encoding): Transform {
  if (encoding === 'gzip') return createGzip({ level: GZIP_LEVEL });
  return createZstdCompress?.() ?? new ZstdFrames();
}
