import { Injectable, Logger } from '@nestjs/common';
import { Clock, type ErrorDetail, KEY_ID, Settings, Slices, idRule, iso, reasonOf } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import type { Identity } from '../auth/identity';
import type { AccountScope, Key } from '../auth/key';
import { KeyRegistry } from '../auth/key-registry';
import { EventNames } from '../endpoints/event-names';
import type { RecoverResponseDto } from './dto/recover-response.dto';
import type { ReplayResponseDto } from './dto/replay-response.dto';
import type { RejectedEventDto, SendEventsResponseDto } from './dto/send-events-response.dto';
import { EventQuota, countByAccount } from './event-quota';
import { IngestMetrics } from './ingest-metrics';
import { quoted } from '../http/fields';
import type { Rejection, UsageEvent, ValidEvent } from './event/event';
import { type EventRows, EventRowsBuilder } from './rows/event-rows';
import { EventWriter, type Outcome } from './delivery/event-writer';
import { overloaded } from '../http/overloaded';
import type { SentBody } from './event/sent-events';
import { EventValidator } from './event/validate-event';

/** More than this many details help nobody. */
const MAX_DETAILS = 20;

/** Unseen keys that are registered in one statement, which is made in a turn of the event loop. */
const REGISTERED_AT_ONCE = 1_000;

/** Takes events in: checks each, finds its key and account, and has them written. */
@Injectable()
export class IngestService {
  private readonly logger = new Logger('Ingest');

  constructor(
    private readonly writer: EventWriter,
    private readonly registry: KeyRegistry,
    private readonly names: EventNames,
    private readonly quota: EventQuota,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly metrics: IngestMetrics,
  ) {}

  /**
   * Takes the good events of a body and answers when they are on disk; bad ones are reported, each by itself.
   * @param accountId the account the events' keys belong to, for an admin that sends for others
   * @param wait answers when ClickHouse has them
   * @throws ApiException INVALID_PARAMETERS when the body holds no good event, PAYLOAD_TOO_LARGE when it holds too
   *   many, FORBIDDEN when somebody else names an account that is not theirs, RATE_LIMIT_EXCEEDED when they are more
   *   than the account may send now, OVERLOADED when no more can be taken
   */
  async ingest(
    caller: Identity,
    body: SentBody,
    accountId: string | undefined,
    wait = false,
  ): Promise<SendEventsResponseDto> {
    if (!caller.isAdmin && accountId !== undefined && accountId !== caller.accountId) {
      throw new ApiException(
        'FORBIDDEN',
        'accountId can be set by an admin only; leave it out to send your own events.',
      );
    }
    const now = this.clock.now();
    const slices = new Slices(caller.accountId);
    const { events, rejected } = await this.check(caller, body, accountId, now, slices);
    const { outcomes, others } = await this.write(caller, events, wait, slices);
    const accepted = outcomes.filter((outcome) => outcome === 'accepted').length;
    const duplicates = outcomes.length - accepted;
    this.metrics.record({ accepted, duplicate: duplicates, rejected: rejected.length });
    this.metrics.otherEndpoint(others.filter((position) => outcomes[position] === 'accepted').length);
    return {
      success: true,
      accepted,
      duplicates,
      rejected,
      timestamp: iso(this.clock.now()),
    };
  }

  /** Takes the events that ClickHouse refused back into the log, once the cause is mended. */
  async replayDeadLetters(): Promise<ReplayResponseDto> {
    const replayed = await this.writer.replayDeadLetters();
    return { success: true, replayed, timestamp: iso(this.clock.now()) };
  }

  /** Takes what can be read of damaged parts of the log back into it. */
  async recoverLog(): Promise<RecoverResponseDto> {
    const recovery = await this.writer.recoverLog();
    return { success: true, ...recovery, timestamp: iso(this.clock.now()) };
  }

  /**
   * Counts the events and has them written.
   * @returns `others`: the positions of those whose endpoint is past its account's limit
   */
  private async write(
    caller: Identity,
    events: UsageEvent[],
    wait: boolean,
    slices: Slices,
  ): Promise<{ outcomes: Outcome[]; others: number[] }> {
    const reservation = await this.quota.reserve(caller, events);
    try {
      const others = await this.names.fold(events, slices);
      const outcomes = await this.writer.write(await rowsOf(events, slices), wait, slices);
      const duplicates = events.filter((_, position) => outcomes[position] === 'duplicate');
      await this.quota.release(reservation, countByAccount(duplicates));
      return { outcomes, others };
    } catch (error) {
      await this.quota.release(reservation, reservation.events);
      throw error;
    }
  }

  /** Makes values of the body and checks each event by itself, in slices: a full call takes longer than one may last. */
  private async check(
    caller: Identity,
    body: SentBody,
    accountId: string | undefined,
    now: number,
    slices: Slices,
  ): Promise<{ events: UsageEvent[]; rejected: RejectedEventDto[] }> {
    const sent = await body.events(slices);
    const validator = new EventValidator(now, this.settings.retention.rawDays, this.settings.pathHashes);
    const checked = await slices.map(sent, (event) => validator.validate(event));
    const keys = await this.findKeys(caller, checked, accountId, slices);
    const events: UsageEvent[] = [];
    const rejected: RejectedEventDto[] = [];
    await slices.each(checked, (event, index) => {
      const result = 'error' in event ? event : attribute(event, caller, keys, accountId, this.registry);
      if ('error' in result) rejected.push({ index, id: sentId(sent[index]), ...result });
      else events.push(result);
    });
    if (events.length === 0) throw allBad(rejected);
    return { events, rejected };
  }

  /** The keys that the events name, as far as the caller may name them; unseen ones of `accountId` are registered. */
  private async findKeys(
    caller: Identity,
    events: readonly (ValidEvent | Rejection)[],
    accountId: string | undefined,
    slices: Slices,
  ): Promise<Map<string, Key>> {
    const scope = scopeOf(caller, accountId);
    const names = new Set<string>();
    for (const event of events) if (!('error' in event)) names.add(event.keyId ?? caller.key.id);
    const keys = new Map<string, Key>();
    for (const keyId of names) {
      const key = this.registry.find(scope, keyId);
      if (key) keys.set(keyId, key);
    }
    if (!caller.isAdmin || accountId === undefined) return keys;
    const unseen = [...names].filter((keyId) => KEY_ID.test(keyId) && !this.registry.find(null, keyId));
    for (let start = 0; start < unseen.length; start += REGISTERED_AT_ONCE) {
      const some = unseen.slice(start, start + REGISTERED_AT_ONCE);
      const registered = await Promise.all(some.map((keyId) => this.register(accountId, keyId)));
      for (const key of registered) if (key) keys.set(key.id, key);
      await slices.next();
    }
    return keys;
  }

  /** Undefined when another account got the id in the meantime. */
  private async register(accountId: string, keyId: string): Promise<Key | undefined> {
    try {
      return await this.registry.registerExternal(accountId, keyId);
    } catch (error) {
      if (error instanceof ApiException) return undefined;
      this.logger.error(`An external key was not stored: ${reasonOf(error)}`);
      throw overloaded('The events could not be stored right now; send them again, with the same ids, later.');
    }
  }
}

async function rowsOf(events: readonly UsageEvent[], slices: Slices): Promise<EventRows> {
  const rows = new EventRowsBuilder(events.length);
  await slices.each(events, (event) => rows.add(event));
  return rows.rows;
}

/** Whose keys events may name. */
function scopeOf(caller: Identity, accountId: string | undefined): AccountScope {
  return caller.isAdmin ? (accountId ?? null) : caller.accountId;
}

/** Gives an event the account of its key. */
function attribute(
  event: ValidEvent,
  caller: Identity,
  keys: ReadonlyMap<string, Key>,
  accountId: string | undefined,
  registry: KeyRegistry,
): UsageEvent | Rejection {
  const keyId = event.keyId ?? caller.key.id;
  const key = keys.get(keyId);
  // Assigned, not copied: there are up to 10,000 of these in a call.
  if (key) return Object.assign(event, { keyId, accountId: key.accountId });
  if (event.keyId === null) {
    return {
      error: 'INVALID_PARAMETERS',
      message: 'keyId is required: the calling key is not of the account in accountId.',
    };
  }
  if (caller.isAdmin && accountId !== undefined && !KEY_ID.test(keyId)) {
    return {
      error: 'INVALID_PARAMETERS',
      message: `keyId should be ${idRule(128)}, to name a new key.`,
    };
  }
  return { error: 'KEY_NOT_FOUND', message: notFound(keyId, caller, accountId, registry) };
}

/** To anybody but an admin another account's key is an unknown one. */
function notFound(keyId: string, caller: Identity, accountId: string | undefined, registry: KeyRegistry): string {
  if (caller.isAdmin && accountId === undefined) {
    return `There is no key ${quoted(keyId)}; to list it as an external key, name its account in accountId.`;
  }
  const owner = caller.isAdmin ? registry.find(null, keyId)?.accountId : undefined;
  if (owner !== undefined) {
    return `Key ${quoted(keyId)} belongs to the account ${quoted(owner)}; name that in accountId, or leave accountId out.`;
  }
  return `There is no key ${quoted(keyId)} in this account; GET /keys lists them.`;
}

function sentId(event: unknown): string | null {
  if (typeof event !== 'object' || event === null || !('id' in event)) return null;
  return typeof event.id === 'string' ? event.id.slice(0, 128) : null;
}

function allBad(rejected: readonly RejectedEventDto[]): ApiException {
  const details: ErrorDetail[] = rejected
    .slice(0, MAX_DETAILS)
    .map(({ index, message }) => ({ field: `events[${index}]`, message }));
  const first = rejected[0]?.message ?? '';
  const message = rejected.length === 1 ? first : `None of the ${rejected.length} events is valid. The first: ${first}`;
  return new ApiException('INVALID_PARAMETERS', message, details);
}
