/** One `POST` to a target of an account: to public addresses, without redirects, with an end in time and size. */
import http from 'node:http';
import https from 'node:https';
import { SECOND, reasonOf } from '@meterhouse/common';
import type { AddressCheck } from './address-check';

/** From the look-up of the name to the end of what is read of the answer. */
export const TIMEOUT_MS = 15 * SECOND;

/** What is read of an answer. */
export const MAX_ANSWER_BYTES = 1_024;

export interface Posted {
  /** Absolute, `http` or `https`; a user and password in it are sent as Basic authorization. */
  url: string;
  headers?: Record<string, string>;
  /** JSON. */
  body: string;
  /** Whose target it is. */
  account: string;
}

/** What a receiver answered. */
export interface PostAnswer {
  statusCode: number;
  /** Its first KiB. */
  answer: string;
  /** How long it asks to be left alone, in milliseconds; null where it does not say. */
  retryAfterMs: number | null;
}

export class Poster {
  constructor(
    private readonly check: AddressCheck,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  /** @throws Error in one sentence where there was no answer; RefusedAddressError; the signal's reason */
  async post({ url, headers, body, account }: Posted, stopped: AbortSignal): Promise<PostAnswer> {
    const target = new URL(url);
    this.check.checkLiteral(target.hostname);
    const late = AbortSignal.timeout(this.timeoutMs);
    const signal = AbortSignal.any([stopped, late]);
    try {
      return await answered(target, { headers, body, signal, lookup: this.check.lookupFor(account, signal) });
    } catch (error) {
      stopped.throwIfAborted();
      if (late.aborted) throw new Error(`No answer within ${this.timeoutMs / SECOND} seconds.`, { cause: error });
      throw error instanceof AggregateError ? new Error(reasonOf(error.errors[0]), { cause: error }) : error;
    }
  }
}

interface Sent {
  headers: Record<string, string> | undefined;
  body: string;
  signal: AbortSignal;
  lookup: NonNullable<http.RequestOptions['lookup']>;
}

function answered(target: URL, { headers, body, signal, lookup }: Sent): Promise<PostAnswer> {
  const { request } = target.protocol === 'https:' ? https : http;
  const bytes = Buffer.from(body);
  return new Promise((resolve, reject) => {
    const sent = request(target, {
      method: 'POST',
      // A connection of its own: a target's address is checked each time.
      agent: false,
      lookup,
      signal,
      headers: {
        'user-agent': 'Meterhouse',
        'content-type': 'application/json',
        'content-length': bytes.length,
        ...headers,
      },
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      void beginningOf(response).then((answer) => {
        resolve({ statusCode: response.statusCode ?? 0, answer, retryAfterMs: retryAfterOf(response) });
        sent.destroy();
      });
    });
    sent.end(bytes);
  });
}

/** As much of an answer as is read, also of one that breaks off: its status says enough. */
async function beginningOf(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= MAX_ANSWER_BYTES) break;
    }
  } catch {
    // What came before is the answer.
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
}

/** `Retry-After` is a number of seconds or a date of HTTP. */
function retryAfterOf({ headers }: http.IncomingMessage): number | null {
  const text = headers['retry-after'] ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  const until = /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(until) ? null : Math.max(0, until - Date.now());
}
