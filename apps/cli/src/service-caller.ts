/** Calls of a running service over HTTP: JSON in and out, retried where that is safe, with errors that say what to do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { escapeControls, reasonOf } from '@meterhouse/common';
import { Answer } from './answer';
import { CliError, ServiceError, UsageError, errorCode } from './errors';

/** Tries of one call, the first included. */
const MAX_TRIES = 8;
/** A wait longer than this is for a person to decide on, in milliseconds. */
const MAX_WAIT_MS = 120_000;
/** Milliseconds after which a call that has no answer is given up. */
const CALL_TIMEOUT = 120_000;
/** Items of a list asked for at once. */
const PAGE = 100;

export interface ClientOptions {
  /** Where the service is, such as `http://127.0.0.1:3000`. */
  url: string;
  key: string | undefined;
  /** Waits between tries; replaced in tests. @default timers */
  wait?: (ms: number) => Promise<unknown>;
}

interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: Uint8Array | string;
  headers?: Record<string, string>;
  /** Whether it may be sent again when nobody knows what became of it. */
  repeatable: boolean;
}

export class ServiceCaller {
  readonly url: string;
  private readonly key: string;
  private readonly wait: (ms: number) => Promise<unknown>;
  /** Whether the service has answered yet: before, an unreachable one is not waited for. */
  private reached = false;

  /** @throws UsageError when the URL or the key cannot be used */
  constructor(options: ClientOptions) {
    this.url = checkedUrl(options.url);
    this.key = checkedKey(options.key);
    this.wait = options.wait ?? sleep;
  }

  get(path: string): Promise<Answer> {
    return this.call({ method: 'GET', path, repeatable: true });
  }

  /** Calls a route by POST, with a JSON body where it takes one, and returns its answer. */
  post(path: string, body?: object): Promise<Answer> {
    const sent = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return this.call({ method: 'POST', path, ...sent, repeatable: false });
  }

  /** The body of an answer that is no JSON. */
  async text(path: string): Promise<string> {
    return (await this.answered({ method: 'GET', path, repeatable: true })).text;
  }

  /** Calls a route by PUT. It is not sent again: each call may make a version. */
  put(path: string, body: object): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    return this.call({ method: 'PUT', path, body: JSON.stringify(body), headers, repeatable: false });
  }

  /** The same change again changes nothing more. */
  patch(path: string, changes: object): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    return this.call({ method: 'PATCH', path, body: JSON.stringify(changes), headers, repeatable: true });
  }

  /** Deletes what is there; once more, it is not found. */
  delete(path: string): Promise<Answer> {
    return this.call({ method: 'DELETE', path, repeatable: false });
  }

  /** The items of a list, page by page. @param name of the items in its answer @param most items at most */
  async list<T>(
    path: string,
    name: string,
    filter: Record<string, string | undefined>,
    most: number,
    read: (item: Answer) => T,
  ): Promise<T[]> {
    const items: T[] = [];
    for (;;) {
      const limit = Math.min(PAGE, most - items.length);
      const query = new URLSearchParams({ limit: String(limit), offset: String(items.length) });
      for (const [field, value] of Object.entries(filter)) if (value !== undefined) query.set(field, value);
      const answer = await this.call({ method: 'GET', path: `${path}?${query.toString()}`, repeatable: true });
      const page = answer.list(name).map((item) => read(new Answer(item)));
      items.push(...page);
      const isLast = page.length === 0 || items.length >= most || !answer.object('pagination').boolean('hasMore');
      if (isLast) return items;
    }
  }

  protected async call(call: Call): Promise<Answer> {
    return new Answer((await this.answered(call)).body);
  }

  private async answered(call: Call): Promise<Answered> {
    for (let tries = 1; ; tries++) {
      const outcome = await this.attempt(call);
      if ('response' in outcome && outcome.response.ok) return outcome;
      const delay = tries < MAX_TRIES ? this.delayBefore(tries, outcome, call) : null;
      if (delay === null) throw this.failure(outcome);
      await this.wait(delay);
    }
  }

  private async attempt(call: Call): Promise<Outcome> {
    try {
      const response = await fetch(this.url + call.path, {
        method: call.method,
        headers: { authorization: `Bearer ${this.key}`, accept: 'application/json', ...call.headers },
        ...(call.body === undefined ? {} : { body: call.body }),
        signal: AbortSignal.timeout(CALL_TIMEOUT),
      });
      const text = await response.text();
      this.reached = true;
      return { response, text, body: parsed(text) };
    } catch (lost) {
      return { lost };
    }
  }

  /** Milliseconds until the next try, or null when there is no use in one. */
  private delayBefore(tries: number, outcome: Outcome, call: Call): number | null {
    const backoff = Math.min(30_000, 500 * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
    const status = 'lost' in outcome ? null : outcome.response.status;
    // Nobody knows what became of the call.
    if (status === null || status === 502 || status === 504) return call.repeatable && this.reached ? backoff : null;
    // A call that was refused for now did nothing, so any may be sent again.
    if ('lost' in outcome || (status !== 429 && status !== 503)) return null;
    const asked = retryAfter(outcome.response.headers.get('retry-after'));
    if (asked !== null && asked > MAX_WAIT_MS) return null;
    return asked ?? backoff;
  }

  private failure(outcome: Outcome): CliError {
    if ('lost' in outcome) return new CliError(unreachable(this.url, outcome.lost));
    const { response, body } = outcome;
    const { code, message } = errorOf(body);
    const text =
      message === null
        ? `${this.url} answered HTTP ${response.status} and not as Meterhouse does; check --url or METERHOUSE_URL.`
        : advice(response.status, message, code ?? `HTTP ${response.status}`, response.headers.get('retry-after'));
    return new ServiceError(text, response.status, body);
  }
}

/** An answer with its text, and its JSON (undefined when it is none). */
interface Answered {
  response: Response;
  text: string;
  body: unknown;
}

/** An answer, or the error because of which there is none. */
type Outcome = Answered | { lost: unknown };

function advice(status: number, message: string, code: string, retryAfterHeader: string | null): string {
  switch (status) {
    case 401:
      return `The service does not accept this key: ${message} (${code}) Set METERHOUSE_KEY or ADMIN_KEY, or pass --key.`;
    case 403:
      return `This key may not do that: ${message} (${code}) Pass a key that may, or an admin's, with --key.`;
    case 429:
    case 503:
      return `The service takes no more for now: ${message} (${code}) Try again in ${retryAfterHeader ?? 'some'} seconds.`;
    default:
      return `${message} (${code})`;
  }
}

function unreachable(url: string, error: unknown): string {
  // What fetch throws says that it failed; only its cause says why, and not always by a code: "bad port".
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : null;
  const why = cause === null ? reasonOf(error) : (errorCode(cause) ?? reasonOf(cause));
  return (
    `Meterhouse does not answer at ${url} (${why}): ` +
    'start it with "npm start", or say where it runs with --url or METERHOUSE_URL.'
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function errorOf(body: unknown): { code: string | null; message: string | null } {
  if (typeof body !== 'object' || body === null) return { code: null, message: null };
  const code = 'error' in body && typeof body.error === 'string' ? body.error : null;
  const message = 'message' in body && typeof body.message === 'string' ? escapeControls(body.message) : null;
  return { code, message };
}

/** Milliseconds that a `Retry-After` header (seconds or an HTTP date) asks to wait. */
function retryAfter(header: string | null): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

function checkedUrl(url: string): string {
  if (!URL.canParse(url) || !['http:', 'https:'].includes(new URL(url).protocol)) {
    throw new UsageError(`--url should be like http://127.0.0.1:3000, but is "${url}".`);
  }
  return url.replace(/\/+$/, '');
}

function checkedKey(key: string | undefined): string {
  if (key === undefined || key === '') {
    throw new UsageError('There is no API key: set METERHOUSE_KEY or ADMIN_KEY, or pass --key.');
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new UsageError('The API key holds spaces or characters that no key has: check METERHOUSE_KEY or --key.');
  }
  return key;
}
