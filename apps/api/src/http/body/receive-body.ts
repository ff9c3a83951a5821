/** Takes the bytes of a request's body from the connection. */
import type { IncomingMessage } from 'node:http';
import { ApiException } from '../api-exception';
import { tooLarge } from './body-form';
import { type BodyMemory, type BodyShare, noRoom } from './body-memory';

/** The room for a body at first: its announced length, but no more than this. It doubles as the body comes. */
const FIRST_BYTES = 256 * 1024;

/** One for all: a client that has gone does not read it. */
export const BROKEN_OFF = new ApiException('INVALID_PARAMETERS', 'The body ended before it was complete.');

export interface ReceivedBody {
  bytes: Buffer;
  /** Released when the signal fires. */
  share: BodyShare;
}

/**
 * A body that is refused is refused at once; `answerEarly` sees to the rest of it.
 *
 * The bytes are copied together as they arrive: held as they are, a body in tiny chunks takes a hundred times its size.
 * @param signal fires when the call is over: it is answered, or its connection has gone
 * @throws ApiException PAYLOAD_TOO_LARGE past the limit, OVERLOADED when there is no memory for it, INVALID_PARAMETERS
 *   when it breaks off
 */
export function receiveBody(
  payload: IncomingMessage,
  signal: AbortSignal,
  memory: BodyMemory,
  maxBytes: number,
): Promise<ReceivedBody> {
  return new Promise((resolve, reject) => {
    const announced = Number(payload.headers['content-length'] ?? 0);
    if (announced > maxBytes) return reject(tooLarge(maxBytes));
    if (payload.destroyed) return reject(BROKEN_OFF);
    let bytes = Buffer.alloc(0);
    let length = 0;
    const refuse = (error: ApiException): void => {
      payload.off('data', add).resume();
      bytes = Buffer.alloc(0);
      share.close();
      reject(error);
    };
    const add = (chunk: Buffer): void => {
      const needed = length + chunk.length;
      if (needed > maxBytes) return refuse(tooLarge(maxBytes));
      if (needed > bytes.length) {
        const first = Math.min(announced, FIRST_BYTES);
        const larger = Buffer.allocUnsafe(Math.min(maxBytes, Math.max(first, 2 * bytes.length, needed)));
        if (!share.resize(larger.length)) return refuse(noRoom());
        bytes.copy(larger, 0, 0, length);
        bytes = larger;
      }
      length += chunk.copy(bytes, length);
    };
    const share = memory.open(refuse);
    signal.addEventListener('abort', () => refuse(BROKEN_OFF), { once: true });
    payload.on('data', add);
    payload.on('end', () => {
      share.arrived();
      resolve({ bytes: bytes.subarray(0, length), share });
    });
    payload.on('error', () => refuse(BROKEN_OFF));
  });
}
