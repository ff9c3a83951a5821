/** Takes the bytes of a request's body from the connection. */
import type { IncomingMessage } from 'node:http';
import { ApiException } from '../api-exception';
import { type BodyMemory, type BodyShare, noRoom } from './body-memory';

/** The largest body in bytes, as it is sent and inflated. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** The room for a body at first: its announced length, but no more than this. It doubles as the body comes. */
const FIRST_BYTES = 256 * 1024;

export interface ReceivedBody {
  bytes: Buffer;
  /** To be closed when the body is not needed any more. */
  share: BodyShare;
}

/**
 * A body that is refused is refused at once; `answerEarly` sees to the rest of it.
 *
 * The bytes are copied together as they arrive: held as they are, a body in tiny chunks takes a hundred times its size.
 * @throws ApiException PAYLOAD_TOO_LARGE past the limit, OVERLOADED when there is no memory for it, INVALID_PARAMETERS
 *   when it breaks off
 */
export function receiveBody(payload: IncomingMessage, memory: BodyMemory): Promise<ReceivedBody> {
  return new Promise((resolve, reject) => {
    const announced = Math.min(Number(payload.headers['content-length'] ?? 0), FIRST_BYTES);
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
      if (needed > MAX_BODY_BYTES) return refuse(tooLarge());
      if (needed > bytes.length) {
        const larger = Buffer.allocUnsafe(Math.min(MAX_BODY_BYTES, Math.max(announced, 2 * bytes.length, needed)));
        if (!share.resize(larger.length)) return refuse(noRoom());
        bytes.copy(larger, 0, 0, length);
        bytes = larger;
      }
      length += chunk.copy(bytes, length);
    };
    const share = memory.open(refuse);
    payload.on('data', add);
    payload.on('end', () => {
      share.arrived();
      resolve({ bytes: bytes.subarray(0, length), share });
    });
    payload.on('error', () => {
      share.close();
      reject(new ApiException('INVALID_PARAMETERS', 'The body ended before it was complete.'));
    });
  });
}

export function tooLarge(): ApiException {
  return new ApiException(
    'PAYLOAD_TOO_LARGE',
    `The body is larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB (inflated); send it in smaller parts.`,
  );
}
