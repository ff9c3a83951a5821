import { Injectable } from '@nestjs/common';
import { Clock, iso, parseDateOrInstant } from '@meterhouse/common';
import type { Identity } from '../../auth/identity';
import { ApiException } from '../../http/api-exception';
import { pageOf } from '../../http/list.dto';
import { Reader } from '../rules/reader';
import { RuleRegistry } from '../rules/rule-registry';
import { watchedAccount } from '../rules/watched-account';
import { KeyRegistry } from '../../auth/key-registry';
import { newId } from '../../auth/secret';
import type { CreateSilenceDto, OneSilenceDto, SilenceDto, SilencesDto, SilencesQueryDto } from './dto/silence.dto';
import type { Silence } from './silence';
import { SilenceRegistry } from './silence-registry';

/** Silences of an account that have not ended. */
const MAX_SILENCES = 100;
const MAX_LISTED = 100;
const MAX_COMMENT = 500;

/** Makes and ends silences. */
@Injectable()
export class SilencesService {
  constructor(
    private readonly registry: SilenceRegistry,
    private readonly rules: RuleRegistry,
    private readonly keys: KeyRegistry,
    private readonly clock: Clock,
  ) {}

  /** @throws ApiException INVALID_PARAMETERS, FORBIDDEN, ACCOUNT_NOT_FOUND, RULE_NOT_FOUND, LIMIT_REACHED */
  async create(caller: Identity, body: CreateSilenceDto): Promise<OneSilenceDto> {
    const accountId = watchedAccount(caller, body.accountId, this.keys);
    const silence = this.read(body, accountId);
    const missing = silence.ruleIds.find((id) => {
      const known = this.rules.find(id);
      return !known || known.deleted || (accountId !== null && known.rule.accountId !== accountId);
    });
    if (missing !== undefined) {
      const message = 'There is no such rule in this account; GET /alerts/rules lists them.';
      throw new ApiException('RULE_NOT_FOUND', message, [{ field: 'ruleIds', message }]);
    }
    return this.answer(await this.registry.create(silence, () => this.checkCount(accountId)));
  }

  list(caller: Identity, query: SilencesQueryDto): SilencesDto {
    const scope = caller.scope(query.accountId);
    const found = this.registry
      .list()
      .filter(({ accountId }) => scope === null || accountId === scope)
      .sort((a, b) => b.to - a.to || (a.id < b.id ? -1 : 1));
    const { page, pagination } = pageOf(found, query);
    return { success: true, silences: page.map(toDto), pagination, timestamp: iso(this.clock.now()) };
  }

  /** @throws ApiException NOT_FOUND */
  async delete(caller: Identity, id: string): Promise<OneSilenceDto> {
    const scope = caller.scope(undefined);
    const silence = this.registry.find(id);
    if (!silence || (scope !== null && silence.accountId !== scope)) {
      throw new ApiException('NOT_FOUND', 'There is no such silence in this account; GET /alerts/silences lists them.');
    }
    await this.registry.delete(silence);
    return this.answer(silence);
  }

  private read(body: CreateSilenceDto, accountId: string | null): Silence {
    const now = this.clock.now();
    const reader = Reader.of(body);
    const texts = (name: string, right: string): string[] =>
      reader.list(name, MAX_LISTED, right, (item) => (typeof item === 'string' && item.length <= 256 ? item : null));
    const from = reader.has('from') ? instantOf(reader, 'from') : now;
    const to = instantOf(reader, 'to');
    if (to <= Math.max(from, now)) reader.refuse('to', 'should be after from and in the future.');
    const silence = {
      id: newId('sil_'),
      accountId,
      ruleIds: texts('ruleIds', 'ids of rules'),
      groups: texts('groups', 'ids of keys, or endpoints'),
      from,
      to,
      comment: reader.raw('comment') === null || !reader.has('comment') ? null : reader.text('comment', MAX_COMMENT),
      createdAt: now,
    };
    reader.check();
    return silence;
  }

  private checkCount(accountId: string | null): void {
    const now = this.clock.now();
    const count = this.registry.list().filter((silence) => silence.accountId === accountId && silence.to > now).length;
    if (count < MAX_SILENCES) return;
    throw new ApiException(
      'LIMIT_REACHED',
      `This account has ${count} silences, and may have ${MAX_SILENCES}; delete one.`,
    );
  }

  private answer(silence: Silence): OneSilenceDto {
    return { success: true, silence: toDto(silence), timestamp: iso(this.clock.now()) };
  }
}

function instantOf(reader: Reader, name: string): number {
  const value = reader.raw(name);
  const at = typeof value === 'string' ? parseDateOrInstant(value) : NaN;
  if (at >= 0 && at < Date.UTC(2200, 0, 1)) return at;
  reader.wrong(name, 'an ISO 8601 time with its zone such as 2026-03-01T12:00:00Z');
  return 0;
}

function toDto({ from, to, createdAt, ...silence }: Silence): SilenceDto {
  return { ...silence, from: iso(from), to: iso(to), createdAt: iso(createdAt) };
}
