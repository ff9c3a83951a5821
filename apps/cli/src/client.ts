/** A small HTTP client for a running service: the calls that the commands make, retried where that is safe. */
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { escapeControls, reasonOf } from '@meterhouse/common';
import { type AccountInfo, type LimitChanges, type LimitsInfo, readAccount, readLimits } from './accounts/account-info';
import { Answer } from './answer';
import { type AuditFilter, type AuditInfo, readAuditEntry } from './audit/audit-info';
import { CliError, ServiceError, UsageError, errorCode } from './errors';
import { type KeyInfo, type NewKey, type NewSecret, readKey, readNewSecret } from './keys/key-info';
import { type PlanInfo, readPlan } from './plans/plan-info';

const gzipped = promisify(gzip);

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

/** An event the service did not take. */
export interface Rejection {
  /** Its place among the events sent, from 0. */
  index: number;
  message: string;
}

/** What became of the events of one call. */
export interface SendResult {
  accepted: number;
  duplicates: number;
  rejected: Rejection[];
}

interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: Uint8Array | string;
  headers?: Record<string, string>;
  /** Whether it may be sent again when nobody knows what became of it. */
  repeatable: boolean;
}

export class MeterhouseClient {
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

  /**
   * Sends events, gzip'd; each needs an `id`, because a call whose answer is lost is sent again.
   * A refusal of the whole body because every event is bad is a result, not an error.
   * @param events each as JSON on one line
   * @param account the account of the keys that they name, for an admin whose keys the service has not seen
   */
  async sendEvents(events: readonly string[], account?: string): Promise<SendResult> {
    const body = await gzipped(events.join('\n'), { level: 1 });
    const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
    const path = account === undefined ? '/events' : `/events?accountId=${encodeURIComponent(account)}`;
    try {
      return readSendResult(await this.call({ method: 'POST', path, body, headers, repeatable: true }));
    } catch (error) {
      const result = error instanceof ServiceError ? allRejected(error, events.length) : null;
      if (result === null) throw error;
      return result;
    }
  }

  async createKey(key: NewKey): Promise<NewSecret> {
    return readNewSecret(await this.post('/keys', key));
  }

  /** All keys the caller may see, in the service's order. */
  listKeys(filter: { account?: string; status?: string; tier?: string } = {}): Promise<KeyInfo[]> {
    const { account, status, tier } = filter;
    return this.list('/keys', 'keys', { accountId: account, status, tier }, Infinity, readKey);
  }

  /** Accounts in the order asked for, all of them or the first `limit`. */
  listAccounts(asked: { search?: string; sort?: string; order?: string; limit?: number }): Promise<AccountInfo[]> {
    const { search, sort, order, limit = Infinity } = asked;
    return this.list('/accounts', 'accounts', { search, sort, order }, limit, readAccount);
  }

  /** The newest entries of the audit log. */
  listAudit(asked: AuditFilter): Promise<AuditInfo[]> {
    const { account, action, from, to, limit } = asked;
    return this.list('/admin/audit', 'entries', { accountId: account, action, from, to }, limit, readAuditEntry);
  }

  /** Sets limits of an account. @returns all of them, as they hold now */
  async updateAccount(accountId: string, limits: LimitChanges): Promise<LimitsInfo> {
    const answer = await this.patch(`/accounts/${encodeURIComponent(accountId)}`, { limits });
    return readLimits(answer.object('account'));
  }

  /** Changes what is named. */
  async updateKey(keyId: string, changes: Partial<NewKey>): Promise<void> {
    await this.patch(`/keys/${encodeURIComponent(keyId)}`, changes);
  }

  /** Revoking is idempotent. */
  async revokeKey(keyId: string): Promise<void> {
    await this.call({ method: 'DELETE', path: `/keys/${encodeURIComponent(keyId)}`, repeatable: true });
  }

  /** Gives a key a new secret; the old one works for `gracePeriodSeconds` more. */
  async rotateKey(keyId: string, gracePeriodSeconds?: number): Promise<NewSecret> {
    const body = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
    return readNewSecret(await this.post(`/keys/${encodeURIComponent(keyId)}/rotate`, body));
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

  /** All plans, the newest version of each. */
  listPlans(): Promise<PlanInfo[]> {
    return this.list('/plans', 'plans', {}, Infinity, readPlan);
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

  private async call(call: Call): Promise<Answer> {
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

function readSendResult(answer: Answer): SendResult {
  return {
    accepted: answer.number('accepted'),
    duplicates: answer.number('duplicates'),
    rejected: answer
      .list('rejected')
      .map((item) => new Answer(item))
      .map((rejection) => ({ index: rejection.number('index'), message: rejection.text('message') })),
  };
}

/**
 * A body of bad events only is refused as a whole, with details for the first of them. The others are said to have
 * the same fault where all that are named have one.
 * @returns null when the refusal is about something else
 */
function allRejected(error: ServiceError, count: number): SendResult | null {
  if (error.status !== 400) return null;
  const body = new Answer(error.body);
  if (!Array.isArray(body.unknown('details'))) return null;
  const named = new Map<number, string>();
  for (const detail of body.list('details').map((item) => new Answer(item))) {
    const index = /^events\[(\d+)\]$/.exec(detail.text('field'))?.[1];
    if (index !== undefined) named.set(Number(index), detail.text('message'));
  }
  const [first] = named.values();
  if (first === undefined) return null;
  const same = new Set([...named.values()].map(kindOf)).size === 1;
  const others = same ? first : body.text('message');
  const rejected = Array.from({ length: count }, (_, index) => ({ index, message: named.get(index) ?? others }));
  return { accepted: 0, duplicates: 0, rejected };
}

/** What two messages about the same kind of fault have in common: all but the values they quote. */
export function kindOf(message: string): string {
  return message.replace(/"[^"]*"/g, '""').replace(/\d+/g, '0');
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
