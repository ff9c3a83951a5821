/** Advice for an account: runs every rule over a window, ranks what they find, and remembers it. */
import { Injectable } from '@nestjs/common';
import { Clock, DAY, HOUR, MINUTE, Serial, Settings, type Span, iso } from '@meterhouse/common';
import { QueryGate } from '../admission/query-gate';
import { type AccountScope, statusOf } from '../auth/key';
import { KeyUses } from '../auth/key-uses';
import { ApiException } from '../http/api-exception';
import { UsageReader } from '../usage/read/usage.reader';
import { type Filters, hasDetailFilters } from '../usage/request/filters';
import { filtersOf, windowRequestOf } from '../usage/request/usage-request';
import type { WindowQueryDto } from '../usage/request/usage-request';
import { UsageService } from '../usage/usage.service';
import { type About, type AdviceType, type Judged, subjectOf, weightOf } from './advice';
import { type AdviceRecord, look } from './advice-record';
import { AdviceRecordsRepository } from './advice-records.repository';
import { AdviceRepository, type AdviceScope, type ReadOptions } from './advice.repository';
import { toAdvice } from './advice.answer';
import type { AdviceResponseDto, DismissAdviceDto, OneAdviceDto } from './dto/advice-response.dto';
import { GainCost } from './gain-cost';
import { type Newest, checked } from './recheck';
import { RULES } from './rules';

/** Pieces of advice in an answer. */
const MAX_ADVICE = 1_000;

/** Pieces of advice of which it is said what they gain in money. */
const MAX_PRICED = 20;

/** Keys that are looked at as unused, the oldest first. */
const MAX_QUIET_KEYS = 1_000;

/** The newest hours by which it is said whether a fault is still there. */
const RECHECKED_MS = DAY;

/** Advice has no points: whole months of UTC can be read of every window, and no window has too many. */
const NO_POINTS = {
  granularity: 'month',
  calendar: { timezone: 'UTC', weekStart: 'monday' },
  detailed: true,
} as const;

/** What is known of a fault, and what of it is in the window. */
interface Shown {
  record: AdviceRecord;
  finding: Judged;
}

@Injectable()
export class AdviceService {
  /** A change follows from what is stored, and must not be made of what another call is changing. */
  private readonly changes = new Serial();

  constructor(
    private readonly repository: AdviceRepository,
    private readonly records: AdviceRecordsRepository,
    private readonly reader: UsageReader,
    private readonly usage: UsageService,
    private readonly gains: GainCost,
    private readonly uses: KeyUses,
    private readonly gate: QueryGate,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /**
   * Advice by gain, the largest first.
   * @throws ApiException INVALID_PARAMETERS without an account; KEY_NOT_FOUND
   */
  async advice(scope: AccountScope, query: WindowQueryDto, signal: AbortSignal): Promise<AdviceResponseDto> {
    if (scope === null) {
      const message = 'Advice is for one account: add accountId.';
      throw new ApiException('INVALID_PARAMETERS', message, [{ field: 'accountId', message }]);
    }
    const filters = filtersOf(query);
    this.usage.keysAskedFor(scope, query.keyId);
    const now = this.clock.now();
    const looked = await this.gate.run(scope, signal, async (gated, limits) => {
      const options = { signal: gated, limits };
      const request = { ...windowRequestOf(query), ...NO_POINTS };
      const { from, to, readTo } = await this.reader.window({ scope, filters }, request, now, options);
      const of = { account: scope, filters };
      // Not to the end of the running hour: of what is to come nothing is missing.
      const window = { from, to: Math.min(readTo, Math.ceil(to / MINUTE) * MINUTE) };
      const kept = Math.ceil((now - this.settings.retention.rawDays * DAY) / MINUTE) * MINUTE;
      const about = this.about(of, window, await this.repository.rawEnd(of, window, kept, options));
      const stored = await this.records.ofAccount(scope);
      const known = [...stored.values()].map((record) => record.found);
      const judged = await this.judge(of, about, known, options);
      const mayResolve = isUnfiltered(filters) && to === now && to - from >= RECHECKED_MS;
      const found = judged.filter(({ enough, faulty }) => enough && faulty);
      const newest = mayResolve ? await this.newest(of, about, judged, [...found, ...known], options) : null;
      const verdictOf = checked(judged, newest, now);
      const { records } = await this.changes.run(async () => {
        const looked = look(scope, now, found, await this.records.ofAccount(scope), verdictOf);
        await this.records.insert(looked.changed);
        return looked;
      });
      return { found, records, window };
    });
    const shown = this.shown(query, looked.found, looked.records, looked.window);
    return this.answer(await this.priced(scope, shown, signal), query);
  }

  /** @throws ApiException NOT_FOUND */
  async dismiss(scope: AccountScope, id: string, { reason }: DismissAdviceDto): Promise<OneAdviceDto> {
    return this.changes.run(async () => {
      const record = await this.records.find(scope, id);
      if (!record) {
        throw new ApiException('NOT_FOUND', 'There is no such advice in this account; GET /usage/advice lists it.');
      }
      const now = this.clock.now();
      const dismissed: AdviceRecord = {
        ...record,
        version: Math.max(now, record.version + 1),
        state: 'dismissed',
        dismissed: { at: now, reason: reason ?? null },
      };
      await this.records.insert([dismissed]);
      const advice = toAdvice(dismissed, dismissed.found, {});
      return { success: true, advice, accountId: record.accountId, timestamp: iso(now) };
    });
  }

  private about({ account, filters }: AdviceScope, window: Span, raw: Span): About {
    const now = this.clock.now();
    const { unusedDays } = this.settings.alerts;
    const since = now - unusedDays * DAY;
    const active = this.usage.keysAskedFor(account, filters.keyIds).filter((key) => statusOf(key, now) === 'active');
    const quiet = active
      .filter(({ id, createdAt }) => createdAt <= since && (this.uses.lastCall(id) ?? 0) < since)
      .sort((one, other) => one.createdAt - other.createdAt);
    return {
      keys: new Map(active.map((key) => [key.id, key])),
      quietKeys: quiet.slice(0, MAX_QUIET_KEYS).map(({ id }) => id),
      unusedDays,
      window,
      raw,
    };
  }

  /** @param known faults whose subjects are judged however few their requests are */
  private async judge(
    of: AdviceScope,
    about: About,
    known: readonly Judged[],
    options: ReadOptions,
    rules = RULES.filter(({ reads }) => reads !== 'keys' || !hasDetailFilters(of.filters)),
  ): Promise<Judged[]> {
    const watched = [...new Set(known.flatMap(subjectsOf))];
    const judged = await Promise.all(rules.map((rule) => this.repository.judge(rule, of, about, watched, options)));
    return judged.flat();
  }

  /** What the rules of known faults say of the newest hours alone, and one that knows all traffic. */
  private async newest(
    of: AdviceScope,
    about: About,
    judged: Judged[],
    known: readonly Judged[],
    options: ReadOptions,
  ): Promise<Newest> {
    const { to } = about.window;
    const from = Math.max(about.window.from, to - RECHECKED_MS);
    if (from - about.window.from < HOUR) return { ...about.window, judged };
    const types = new Set<AdviceType>(['slow_endpoint', ...known.map(({ type }) => type)]);
    const rules = RULES.filter(({ type, reads }) => reads !== 'keys' && types.has(type));
    const newest = { ...about, window: { from, to }, raw: { from: Math.max(from, about.raw.from), to } };
    return { from, to, judged: await this.judge(of, newest, known, options, rules) };
  }

  private shown(
    query: WindowQueryDto,
    found: readonly Judged[],
    records: readonly AdviceRecord[],
    window: Span,
  ): Shown[] {
    const filters = filtersOf(query);
    const byId = new Map(found.map((one) => [one.id, one]));
    return records
      .filter((record) => byId.has(record.id) || (isUnfiltered(filters) && touches(record, window)))
      .map((record) => ({ record, finding: byId.get(record.id) ?? record.found }))
      .sort((one, other) => weightOf(other.finding.gain) - weightOf(one.finding.gain))
      .slice(0, MAX_ADVICE);
  }

  /** With what the first ones gain in money: each is a read of its own, and one waits for the other. */
  private async priced(scope: string, shown: readonly Shown[], signal: AbortSignal): Promise<Shown[]> {
    const priced: Shown[] = [];
    for (const { record, finding } of shown.slice(0, MAX_PRICED)) {
      const gain = { ...finding.gain, ...(await this.gains.of(scope, finding, signal)) };
      priced.push({ record, finding: { ...finding, gain } });
    }
    return [...priced, ...shown.slice(MAX_PRICED)];
  }

  private answer(shown: readonly Shown[], query: WindowQueryDto): AdviceResponseDto {
    return {
      success: true,
      advice: shown.map(({ record, finding }) => toAdvice(record, finding, query)),
      types: RULES.map(({ type, description, thresholds }) => ({ type, description, thresholds })),
      timestamp: iso(this.clock.now()),
    };
  }
}

/** Whether a look sees all of the account. */
function isUnfiltered(filters: Filters): boolean {
  return filters.keyIds.length === 0 && !hasDetailFilters(filters);
}

/** Whether the fault was there in a window, or went away in it. */
function touches({ found, after, since }: AdviceRecord, { from, to }: Span): boolean {
  return since < to && Math.max(found.to, after?.at ?? since) > from;
}

/** The rows that a fault can be of: its endpoint may be an example. */
function subjectsOf({ keyId, endpoint }: Judged): string[] {
  return [subjectOf(keyId ?? '', endpoint ?? ''), subjectOf(keyId ?? '', '')];
}
