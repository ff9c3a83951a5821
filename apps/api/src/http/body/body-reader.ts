/** Reads the body of a call that the guards have let through, plain or gzip, within bounds over all calls. */
import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { type Account, FairSlots, QueueFullError } from '@meterhouse/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiException } from '../api-exception';
import { type BodyForm, tooLarge } from './body-form';
import { BodyMemory, noRoom } from './body-memory';
import { overloaded } from '../overloaded';
import { BROKEN_OFF, receiveBody } from './receive-body';

const inflate = promisify(gunzip);

/** What authentication leaves on a request. */
export interface FromAccount {
  /** The caller; none where nobody need be known. */
  identity?: { readonly accountId: string };
}

/** Inflating, which goes on beside the event loop. What waits is bounded by `BodyMemory` too. */
const INFLATING = { slots: 2, waiting: 1_024, waitingPerAccount: 128 };

@Injectable()
export class BodyReader {
  private readonly memory = new BodyMemory();
  /** Few at once, because what is inflated counts as memory only when it is whole. */
  private readonly inflating = new FairSlots(INFLATING);

  /**
   * Call it once for a request. The memory of the body counts until the call is answered or its connection is gone.
   * @throws ApiException PAYLOAD_TOO_LARGE past the form's limit; INVALID_PARAMETERS for another type or encoding, and for
   *   what cannot be decoded; OVERLOADED when there is no memory for it
   */
  async read(request: FastifyRequest & FromAccount, reply: FastifyReply, form: BodyForm): Promise<unknown> {
    const { headers } = request;
    const type = mediaType(headers);
    if (!form.types.includes(type) && (type !== '' || hasBody(headers))) throw unknownType();
    const isGzip = isGzipped(headers);
    if (!hasBody(headers)) return form.read(Buffer.alloc(0), type);
    const client = new AbortController();
    reply.raw.once('close', () => client.abort(BROKEN_OFF));
    const { bytes: sent, share } = await receiveBody(request.raw, client.signal, this.memory, form.maxBytes);
    if (!isGzip || sent.length === 0) return form.read(sent, type);
    const release = await this.turnToInflate(request.identity?.accountId ?? null, client.signal);
    const bytes = await inflateBounded(sent, form.maxBytes).finally(release);
    if (!share.resize(bytes.length)) throw noRoom();
    return form.read(bytes, type);
  }

  /** Waits for a slot, fair by account. @returns what gives it back */
  private async turnToInflate(account: Account, signal: AbortSignal): Promise<() => void> {
    try {
      return await this.inflating.take(account, signal);
    } catch (error) {
      if (!(error instanceof QueueFullError)) throw error;
      throw overloaded('Too many compressed bodies wait at the moment; send this one again later.');
    }
  }
}

/** Whether the headers announce a body; it may still turn out to be empty. */
export function hasBody(headers: IncomingHttpHeaders): boolean {
  return Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
}

/** In lower case, without parameters; empty where none is sent. */
function mediaType(headers: IncomingHttpHeaders): string {
  return (headers['content-type'] ?? '').replace(/;.*$/s, '').trim().toLowerCase();
}

function unknownType(): ApiException {
  return new ApiException(
    'INVALID_PARAMETERS',
    'The Content-Type is not understood; send application/json (or application/x-ndjson for events).',
  );
}

/** @throws ApiException INVALID_PARAMETERS for another encoding than gzip */
function isGzipped(headers: IncomingHttpHeaders): boolean {
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return false;
  if (encoding === 'gzip' || encoding === 'x-gzip') return true;
  throw new ApiException(
    'INVALID_PARAMETERS',
    'The Content-Encoding is not understood; send the body plain or as gzip.',
  );
}

/** Inflating stops at the first chunk past the limit, so a bomb costs no more memory than a full body. */
async function inflateBounded(sent: Buffer, maxOutputLength: number): Promise<Buffer> {
  try {
    return await inflate(sent, { maxOutputLength, chunkSize: 64 * 1024 });
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxOutputLength);
    throw new ApiException('INVALID_PARAMETERS', 'The body is not valid gzip, as its Content-Encoding says it is.');
  }
}
