/** A running service as the commands use it. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type AccountInfo, type LimitChanges, type LimitsInfo, readAccount, readLimits } from './accounts/account-info';
import { Answer } from './answer';
import { type AuditFilter, type AuditInfo, readAuditEntry } from './audit/audit-info';
import { ServiceError } from './errors';
import { type KeyInfo, type NewKey, type NewSecret, readKey, readNewSecret } from './keys/key-info';
import { type PlanInfo, readPlan } from './plans/plan-info';
import { ServiceCaller } from './service-caller';

const gzipped = promisify(gzip);

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

export class MeterhouseClient extends ServiceCaller {
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

  /** All plans, the newest version of each. */
  listPlans(): Promise<PlanInfo[]> {
    return this.list('/plans', 'plans', {}, Infinity, readPlan);
  }
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
