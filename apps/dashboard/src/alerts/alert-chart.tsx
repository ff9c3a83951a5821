import { type ReactNode, useMemo } from 'react';
import type { Alert } from '../api/use-alerts';
import type { Me } from '../api/use-me';
import { type PreviewTimeframe, type Rule, usePreview } from '../api/use-rules';
import { bodyOf } from '../rules/rule-body';
import { CallState } from '../shell/call-state';
import { ALERT_METRICS } from './metrics';
import { WatchChart } from './watch-chart';
import { WatchTable } from './watch-table';
import { type Watched, type WatchedPoint, pointsOf } from './watched';
import { formatOf } from './words';

const DAY = 86_400_000;
const AROUND_MS = 2 * 3_600_000;

interface Props {
  alert: Alert;
  rule: Rule;
  caller: Me['caller'];
  zone: string;
}

/** The windows around an alert, judged again by its rule as it is now. */
export function AlertChart({ alert, rule, caller, zone }: Props): ReactNode {
  const startedAt = Date.parse(alert.startedAt);
  const timeframe = timeframeOf(startedAt, Date.now());
  const body = useMemo(
    () => (timeframe === null ? null : bodyOfGroup(rule, alert, caller.isAdmin)),
    [rule, alert, caller, timeframe],
  );
  const query = usePreview(body, timeframe ?? '7d');
  const watched = useMemo(() => query.data && watchedOf(query.data, alert, rule), [query.data, alert, rule]);
  if (timeframe === null) return <p className="note">It is too long ago for its windows to be drawn.</p>;
  return (
    <section className="panel watch-panel" aria-label="The figure over time">
      <CallState query={query} />
      {!watched && query.isPending && <div className="chart shade" role="status" aria-label="Loading" />}
      {watched && <WatchChart watched={watched} zone={zone} />}
      {watched && <WatchTable watched={watched} zone={zone} />}
    </section>
  );
}

/** The shortest timeframe that reaches before the alert; null where none does. */
function timeframeOf(startedAt: number, now: number): PreviewTimeframe | null {
  const days = (now - startedAt + 2 * AROUND_MS) / DAY;
  return days <= 7 ? '7d' : days <= 30 ? '30d' : days <= 90 ? '90d' : null;
}

/** Of a rule with groups the group alone, whose threshold is its own. */
function bodyOfGroup(rule: Rule, { group }: Alert, isAdmin: boolean): ReturnType<typeof bodyOf> {
  const body = bodyOf(rule, isAdmin);
  const filters = {
    ...body.filters,
    ...(group.keyId === undefined ? {} : { keyId: [group.keyId] }),
    ...(group.endpoint === undefined ? {} : { endpoint: [group.endpoint] }),
  };
  return { ...body, filters, groupBy: null };
}

/** From some time before it began to some time after it ended, and at least some windows of each. */
function watchedOf(preview: Parameters<typeof pointsOf>[0], alert: Alert, rule: Rule): Watched {
  const [startedAt, from, to] = [alert.startedAt, alert.window.from, alert.window.to].map(Date.parse);
  const around = Math.max(AROUND_MS, 4 * ((to ?? 0) - (from ?? 0)));
  const end = alert.resolvedAt === null ? Infinity : Date.parse(alert.resolvedAt);
  const { label, short, wholeOnly } = ALERT_METRICS[rule.metric];
  const isQuota = rule.condition.type === 'quota';
  return {
    points: withDecided(pointsOf(preview, (startedAt ?? 0) - around, end + around), alert),
    firings:
      alert.firingAt === null ? [] : [{ from: Date.parse(alert.firingAt), to: alert.resolvedAt === null ? null : end }],
    label: isQuota ? `${label}, of the limits` : label,
    format: formatOf(rule),
    short: isQuota ? formatOf(rule) : short,
    wholeOnly: wholeOnly && !isQuota,
  };
}

/** With the window that decided, where it has not ended and so is not judged again. */
function withDecided(points: WatchedPoint[], { value, threshold, window, state }: Alert): WatchedPoint[] {
  const to = Date.parse(window.to);
  if (state === 'resolved' || to <= (points.at(-1)?.to ?? 0)) return points;
  return [...points, { from: to, to, low: value, high: value, threshold }];
}
