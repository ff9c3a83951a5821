/** Whether faults are still there, by what rules say of the newest hours. */
import type { Span } from '@meterhouse/common';
import type { Judged } from './advice';
import type { Verdict } from './advice-record';
import { RULES } from './rules';

/** The newest hours, and what rules say of them; those about keys need not be among them. */
export interface Newest extends Span {
  judged: readonly Judged[];
}

/**
 * @param judged what rules said of the whole window
 * @param newest null where a look is not at all of the account, up to now
 */
export function checked(judged: readonly Judged[], newest: Newest | null, now: number): (fault: Judged) => Verdict {
  if (newest === null) return () => ({ there: null });
  const { from, to } = newest;
  const whole = new Map(judged.map((one) => [one.id, one]));
  const lately = new Map(newest.judged.map((one) => [one.id, one]));
  const hasTraffic = newest.judged.some(({ type, requests }) => requests > 0 && !IS_OF_KEYS.has(type));
  const gone = (of: Judged): Verdict => {
    return { there: false, after: { at: now, from: of.from, to: of.to, requests: of.requests, figures: of.figures } };
  };
  const silent: Verdict = { there: false, after: { at: now, from, to, requests: null, figures: null } };
  return (fault) => {
    const ofWindow = whole.get(fault.id);
    if (IS_OF_KEYS.has(fault.type)) {
      // Such a rule looks back as far as it needs; of a key that is used now, or has ended, it says nothing.
      if (!ofWindow) return silent;
      return ofWindow.enough && !ofWindow.faulty ? gone(ofWindow) : { there: ofWindow.faulty || null };
    }
    const ofLate = lately.get(fault.id);
    if (ofLate?.enough) return ofLate.faulty ? { there: true } : gone(ofLate);
    if (ofWindow?.enough && !ofWindow.faulty) return gone(ofWindow);
    return !ofLate && hasTraffic && ENDS_WITH_TRAFFIC.has(fault.type) ? silent : { there: null };
  };
}

const typesOf = (is: (rule: (typeof RULES)[number]) => boolean) => new Set(RULES.filter(is).map(({ type }) => type));

const IS_OF_KEYS = typesOf(({ reads }) => reads === 'keys');
const ENDS_WITH_TRAFFIC = typesOf(({ endsWithTraffic }) => endsWithTraffic);
