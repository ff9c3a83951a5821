import { Injectable } from '@nestjs/common';
import { Clock, iso, isoOrNull } from '@meterhouse/common';
import { QueryGate } from '../../admission/query-gate';
import { NotificationsService } from '../../alert-channels/notifications.service';
import type { NotificationStatus } from '../../alert-channels/notification';
import type { Identity } from '../../auth/identity';
import { ApiException } from '../../http/api-exception';
import { RuleRegistry } from '../rules/rule-registry';
import { seesRule } from '../rules/rules.service';
import type { AlertRecord } from '../views/alert-view';
import { type AlertFilter, type AlertNotes, AlertsRepository } from './alerts.repository';
import type { AlertOfRuleDto, AlertsDto, AlertsQueryDto, OneAlertDto } from './dto/alert.dto';

/** Lists alerts with what has become of them. */
@Injectable()
export class AlertsService {
  constructor(
    private readonly repository: AlertsRepository,
    private readonly rules: RuleRegistry,
    private readonly notifications: NotificationsService,
    private readonly gate: QueryGate,
    private readonly clock: Clock,
  ) {}

  /** @param signal fires when the client has disconnected */
  async list(caller: Identity, query: AlertsQueryDto, signal: AbortSignal): Promise<AlertsDto> {
    const { limit, offset, state, ruleId } = query;
    const scope = caller.scope(query.accountId);
    const at = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));
    const filter = { scope, state, ruleId, from: at(query.from), to: at(query.to), ruleIds: this.visibleRules(caller) };
    const { alerts, total } = await this.gate.run(scope, signal, (running, limits) =>
      this.repository.find(filter, { limit, offset }, { signal: running, limits }),
    );
    return {
      success: true,
      alerts: await this.withNotes(alerts),
      pagination: { total, limit, offset, hasMore: offset + alerts.length < total },
      timestamp: iso(this.clock.now()),
    };
  }

  /** @throws ApiException ALERT_NOT_FOUND */
  async get(caller: Identity, id: string): Promise<OneAlertDto> {
    return this.answer(await this.find(caller, id));
  }

  /**
   * Notes that somebody knows of an alert, which ends its reminders; the first to say so counts.
   * @throws ApiException ALERT_NOT_FOUND
   */
  async acknowledge(caller: Identity, id: string): Promise<OneAlertDto> {
    const alert = await this.find(caller, id);
    const notes = await this.repository.notes([id]);
    if ((notes.get(id)?.acknowledgedAt ?? null) === null) {
      await this.repository.note(alert, 'acknowledged', this.clock.now(), { keyId: caller.key.id });
    }
    return this.answer(alert);
  }

  private async find(caller: Identity, id: string): Promise<AlertRecord> {
    const filter: AlertFilter = { scope: caller.scope(undefined), id, ruleIds: this.visibleRules(caller) };
    const { alerts } = await this.repository.find(filter, { limit: 1, offset: 0 });
    if (alerts[0]) return alerts[0];
    throw new ApiException('ALERT_NOT_FOUND', 'There is no such alert in this account; GET /alerts lists them.');
  }

  /** A token for some keys sees the alerts of the rules about these alone; undefined: the caller sees all. */
  private visibleRules(caller: Identity): readonly string[] | undefined {
    if (!caller.token?.keyIds) return undefined;
    return this.rules
      .list()
      .flatMap((rule) => (rule.accountId === caller.accountId && seesRule(caller, rule) ? rule.id : []));
  }

  private async answer(alert: AlertRecord): Promise<OneAlertDto> {
    const [shown] = await this.withNotes([alert]);
    if (!shown) throw new Error('An alert was lost.');
    return { success: true, alert: shown, timestamp: iso(this.clock.now()) };
  }

  private async withNotes(alerts: readonly AlertRecord[]): Promise<AlertOfRuleDto[]> {
    const [notes, notifications] = await Promise.all([
      this.repository.notes(alerts.map(({ id }) => id)),
      this.notificationsOf(alerts),
    ]);
    return alerts.map((alert) => toDto(alert, notes.get(alert.id), notifications.get(alert.id) ?? []));
  }

  /** They are asked for by the account whose channels they went to, which of a rule over all accounts is an admin's. */
  private async notificationsOf(alerts: readonly AlertRecord[]): Promise<Map<string, NotificationStatus[]>> {
    const byAccount = new Map<string, string[]>();
    for (const { id, ruleId, accountId } of alerts) {
      const account = accountId ?? this.rules.find(ruleId)?.rule.channelAccountId;
      if (account !== undefined) byAccount.set(account, [...(byAccount.get(account) ?? []), id]);
    }
    const found = await Promise.all([...byAccount].map(([account, ids]) => this.notifications.ofAlerts(account, ids)));
    return new Map(found.flatMap((statuses) => [...statuses]));
  }
}

function toDto(alert: AlertRecord, notes: AlertNotes | undefined, notifications: NotificationStatus[]): AlertOfRuleDto {
  const correction = notes?.correction ?? null;
  return {
    ...alert,
    acknowledgedAt: isoOrNull(notes?.acknowledgedAt ?? null),
    correction: correction && { ...correction, at: iso(correction.at) },
    notifications,
  };
}
