/** Whether faults are still there, by what rules say of the newest hours. */
import type { Judged } from './advice';
import type { Verdict } from './advice-record';
import { RULES } from './rules';

/**
 * @param judged what rules said of the whole window
 * @param newest what they said of its newest hours; null where a look is not at all of the account, up to now
 */
export function checked(
  judged: readonly Judged[],
  newest: readonly Judged[] | null,
  now: number,
): (fault: Judged) => Verdict {
  const unknown: Verdict = { there: null };
  if (newest === null) return () => unknown;
  const byId = new Map(judged.map((one) => [one.id, one]));
  const newestById = new Map(newest.map((one) => [one.id, one]));
  const hasTraffic = newest.some(({ requests }) => requests > 0);
  const gone = ({ from, to, requests, figures }: Judged): Verdict => {
    return { there: false, after: { at: now, from, to, requests, figures } };
  };
  return (fault) => {
    const rule = RULES.find(({ type }) => type === fault.type);
    const lately = newestById.get(fault.id);
    if (lately?.enough) return lately.faulty ? { there: true } : gone(lately);
    const whole = byId.get(fault.id);
    if (whole?.enough && !whole.faulty) return gone(whole);
    const ends = rule?.reads === 'keys' || (rule?.endsWithTraffic === true && hasTraffic && !lately);
    if (!ends || (rule.reads === 'keys' && lately)) return unknown;
    const { from, to } = newest[0] ?? fault;
    return { there: false, after: { at: now, from, to, requests: null, figures: null } };
  };
}
