import { Injectable } from '@nestjs/common';
import { Clock, DAY } from '@meterhouse/common';
import { KeyRegistry } from '../../auth/key-registry';
import { AlertsRepository, type Correction } from '../history/alerts.repository';
import { RuleRegistry } from '../rules/rule-registry';
import { type Rule, isStanding } from '../rules/rule';
import type { AlertRecord } from '../views/alert-view';
import { subjectOf } from './evaluate';
import { FigureTable } from './figure-table';
import { FiguresRepository } from './figures.repository';
import { judge } from './judge';
import { readsOf } from './needs';

/** Alerts that began in this time are looked at again; events that come later than that change none. */
const LOOK_BACK_MS = DAY;

/** Alerts that are looked at: the newest. */
const MAX_ALERTS = 1_000;

interface Judged {
  alert: AlertRecord;
  rule: Rule;
  end: number;
}

/**
 * Looks again at the windows by which alerts were decided. Events that came after their window was judged are noted on the
 * alert as a correction: nobody is told a second time, and what was decided stays.
 */
@Injectable()
export class Corrections {
  constructor(
    private readonly rules: RuleRegistry,
    private readonly keys: KeyRegistry,
    private readonly figures: FiguresRepository,
    private readonly alerts: AlertsRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws StorageFailure */
  async check(): Promise<void> {
    const now = this.clock.now();
    const filter = { scope: null, startedFrom: now - LOOK_BACK_MS };
    const { alerts } = await this.alerts.find(filter, { limit: MAX_ALERTS, offset: 0 });
    const judged = alerts.flatMap((alert) => this.judgedOf(alert) ?? []);
    if (judged.length === 0) return;
    const anomalies = judged.filter(({ rule }) => rule.condition.type === 'anomaly').map(({ rule }) => rule.accountId);
    const firstEvents = await this.figures.firstEvents(anomalies);
    const table = new FigureTable();
    for (const read of readsOf(judged.map(({ rule, end }) => ({ rule, ends: [end] }))))
      await this.figures.read(read, table);
    const notes = await this.alerts.notes(judged.map(({ alert }) => alert.id));
    for (const { alert, rule, end } of judged) {
      const keys = this.keys.list(rule.accountId);
      const group = alert.group.keyId ?? alert.group.endpoint ?? '';
      const subject = subjectOf(group, table, { rule, keys, firstEvent: firstEvents.get(rule.accountId) ?? null, now });
      const { value, requests, verdict } = judge(subject, end);
      const known = notes.get(alert.id)?.correction ?? { value: alert.value, requests: alert.evidence.requests };
      if (known.requests === requests) continue;
      const correction: Omit<Correction, 'at'> = { value, requests, stands: verdict === 'breach' };
      await this.alerts.note(alert, 'corrected', now, correction);
    }
  }

  /**
   * What an alert was decided by; null where that cannot change: a sum that was passed stays passed, and the window of one
   * that fired before its end was not complete.
   */
  private judgedOf(alert: AlertRecord): Judged | null {
    const known = this.rules.find(alert.ruleId);
    const end = Date.parse(alert.window.to);
    if (!known || known.deleted || alert.firingAt === null || Date.parse(alert.firingAt) < end) return null;
    const { rule } = known;
    const isOfWindow = rule.condition.type !== 'quota' && !isStanding(rule.metric);
    return isOfWindow && rule.definedAt < Date.parse(alert.startedAt) ? { alert, rule, end } : null;
  }
}
