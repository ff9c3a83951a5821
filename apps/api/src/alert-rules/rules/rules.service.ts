import { Injectable } from '@nestjs/common';
import { Clock, iso } from '@meterhouse/common';
import { ChannelsService } from '../../alert-channels/channels.service';
import type { Identity } from '../../auth/identity';
import { KeyRegistry } from '../../auth/key-registry';
import { newId } from '../../auth/secret';
import { ApiException } from '../../http/api-exception';
import { quoted } from '../../http/fields';
import { pageOf } from '../../http/list.dto';
import { Evaluator } from '../evaluation/evaluator';
import { StatesRepository } from '../evaluation/states.repository';
import { isRevoked, toRuleView } from '../views/rule-view';
import type { CreateRuleDto, OneRuleDto, RulesDto, RulesQueryDto, UpdateRuleDto } from './dto/rule.dto';
import { RULE_FIELDS, readRule } from './read-rule';
import { type Rule, type RuleInput, type StandingMetric, definitionId, isStanding } from './rule';
import { RuleRegistry } from './rule-registry';
import { watchedAccount } from './watched-account';

/** Rules of one account, and of those over all accounts. */
export const MAX_RULES = 1_000;

/** Makes, lists and changes rules. */
@Injectable()
export class RulesService {
  constructor(
    private readonly registry: RuleRegistry,
    private readonly keys: KeyRegistry,
    private readonly channels: ChannelsService,
    private readonly evaluator: Evaluator,
    private readonly states: StatesRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @param serviceUrl see `Rule`
   * @throws ApiException INVALID_PARAMETERS, FORBIDDEN, ACCOUNT_NOT_FOUND, KEY_NOT_FOUND, CHANNEL_NOT_FOUND, LIMIT_REACHED
   */
  async create(
    caller: Identity,
    { accountId: given, ...body }: CreateRuleDto,
    serviceUrl: string,
  ): Promise<OneRuleDto> {
    const rule = { ...(await this.ruleOf(caller, given, body)), serviceUrl };
    const stored = await this.registry.create(rule, () => this.checkCount(rule.accountId));
    return this.answer(stored, await this.states.evaluatedTo());
  }

  /** The rule that a body describes, as it would be stored. @throws as `create`, but for LIMIT_REACHED */
  async ruleOf(caller: Identity, accountId: unknown, body: object): Promise<Rule> {
    const watched = watchedAccount(caller, accountId, this.keys);
    const input = readRule(body);
    if (watched === null && isStanding(input.metric)) throw refusedOfAll(input.metric);
    const channelAccountId = watched ?? caller.accountId;
    await this.check(input, watched, channelAccountId);
    const now = this.clock.now();
    const id = newId('rul_');
    return {
      ...input,
      id,
      version: 0,
      accountId: watched,
      channelAccountId,
      serviceUrl: '',
      createdAt: now,
      updatedAt: now,
      definedAt: now,
    };
  }

  async list(caller: Identity, query: RulesQueryDto): Promise<RulesDto> {
    const scope = caller.scope(query.accountId);
    const found = this.registry
      .list()
      .filter((rule) => (scope === null || rule.accountId === scope) && seesRule(caller, rule))
      .filter(({ enabled }) => query.enabled === undefined || enabled === query.enabled)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    const { page, pagination } = pageOf(found, query);
    const evaluatedTo = await this.states.evaluatedTo();
    return {
      success: true,
      rules: page.map((rule) => this.view(rule, evaluatedTo)),
      pagination,
      timestamp: iso(this.clock.now()),
    };
  }

  /** @throws ApiException RULE_NOT_FOUND */
  async get(caller: Identity, id: string): Promise<OneRuleDto> {
    return this.answer(this.find(caller, id), await this.states.evaluatedTo());
  }

  /** @throws as `create`, and RULE_NOT_FOUND */
  async update(caller: Identity, id: string, changes: UpdateRuleDto, serviceUrl: string): Promise<OneRuleDto> {
    const { accountId, channelAccountId } = this.find(caller, id);
    const changed = (rule: Rule): RuleInput => readRule({ ...inputOf(rule), ...definedOf(changes) });
    const input = changed(this.find(caller, id));
    if (accountId === null && isStanding(input.metric)) throw refusedOfAll(input.metric);
    await this.check(input, accountId, channelAccountId);
    const now = this.clock.now();
    const stored = await this.registry.change(id, (rule) => {
      const input = changed(rule);
      const isSame = rule.enabled === input.enabled && definitionId(rule) === definitionId(input);
      return { ...rule, ...input, serviceUrl, updatedAt: now, definedAt: isSame ? rule.definedAt : now };
    });
    return this.answer(stored, await this.states.evaluatedTo());
  }

  /** @throws ApiException RULE_NOT_FOUND */
  async delete(caller: Identity, id: string): Promise<OneRuleDto> {
    const rule = this.find(caller, id);
    await this.registry.delete(id);
    return this.answer(rule, await this.states.evaluatedTo());
  }

  private find(caller: Identity, id: string): Rule {
    const known = this.registry.find(id);
    const scope = caller.scope(undefined);
    const isHis = known && !known.deleted && (scope === null || known.rule.accountId === scope);
    if (isHis && seesRule(caller, known.rule)) return known.rule;
    throw new ApiException('RULE_NOT_FOUND', 'There is no such rule in this account; GET /alerts/rules lists them.');
  }

  private async check(
    { filters, channels }: RuleInput,
    accountId: string | null,
    channelAccountId: string,
  ): Promise<void> {
    const missingKey = filters.keyId.find((keyId) => !this.keys.find(accountId, keyId));
    if (missingKey !== undefined) {
      const message = `There is no key ${quoted(missingKey)} in this account; GET /keys lists its keys.`;
      throw new ApiException('KEY_NOT_FOUND', message, [{ field: 'filters.keyId', message }]);
    }
    const [missing] = await this.channels.missing(channelAccountId, channels);
    if (missing === undefined) return;
    const message = `There is no channel ${quoted(missing)} in this account; GET /alerts/channels lists them.`;
    throw new ApiException('CHANNEL_NOT_FOUND', message, [{ field: 'channels', message }]);
  }

  private checkCount(accountId: string | null): void {
    const count = this.registry.list().filter((rule) => rule.accountId === accountId).length;
    if (count < MAX_RULES) return;
    throw new ApiException(
      'LIMIT_REACHED',
      `This account has ${count} alert rules, and may have ${MAX_RULES}; delete one.`,
    );
  }

  private answer(rule: Rule, evaluatedTo: number | null): OneRuleDto {
    return { success: true, rule: this.view(rule, evaluatedTo), timestamp: iso(this.clock.now()) };
  }

  private view(rule: Rule, evaluatedTo: number | null): OneRuleDto['rule'] {
    const revoked = isRevoked(rule, this.keys.find.bind(this.keys), this.clock.now());
    return toRuleView(rule, evaluatedTo, revoked ? 'KEY_REVOKED' : this.evaluator.notJudgedBecause(rule.id));
  }
}

function refusedOfAll(metric: StandingMetric): ApiException {
  const message = `accountId should name an account for the metric ${metric}: it is read of one account at a time.`;
  return new ApiException('INVALID_PARAMETERS', message, [{ field: 'accountId', message }]);
}

/** A token for some keys sees the rules about these alone. */
export function seesRule(caller: Identity, { filters }: Rule): boolean {
  if (!caller.token?.keyIds) return true;
  return filters.keyId.length > 0 && filters.keyId.every((keyId) => caller.sees(keyId));
}

function inputOf(rule: Rule): object {
  return Object.fromEntries(RULE_FIELDS.map((name) => [name, rule[name]]));
}

function definedOf(changes: object): object {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
