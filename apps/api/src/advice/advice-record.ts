/** The state of a piece of advice, and how looks at the traffic change it. */
import type { Span } from '@meterhouse/common';
import type { AdviceState, Figures, Judged } from './advice';

/** What was found where the fault was, when it had gone. */
export interface After extends Span {
  /** Epoch milliseconds. */
  at: number;
  /** Null where it has no requests any more. */
  requests: number | null;
  figures: Figures | null;
}

export interface AdviceRecord {
  accountId: string;
  id: string;
  /** Grows with every change. */
  version: number;
  state: AdviceState;
  /** When it was found first, or again after it was resolved; epoch milliseconds. */
  since: number;
  /** As it was found then: the figures before. */
  found: Judged;
  dismissed: { at: number; reason: string | null } | null;
  after: After | null;
}

/** Whether a fault is there in the newest hours; null: not known. Where it is not, `after` says what is instead. */
export type Verdict = { there: true | null; after?: undefined } | { there: false; after: After };

/**
 * What a look makes of the records.
 * @param found the faults of the window that was looked at
 * @param stored what is known of them, and of others, by id
 * @param verdictOf whether each is there in the newest hours; unknown where the look may not say so
 * @returns the records of what was found or has changed
 */
export function look(
  account: string,
  now: number,
  found: readonly Judged[],
  stored: ReadonlyMap<string, AdviceRecord>,
  verdictOf: (judged: Judged) => Verdict,
): { records: AdviceRecord[]; changed: AdviceRecord[] } {
  const records: AdviceRecord[] = [];
  const changed: AdviceRecord[] = [];
  const change = (record: AdviceRecord): void => {
    const version = Math.max(now, record.version + 1);
    changed.push({ ...record, version });
    records.push({ ...record, version });
  };
  const isFound = new Set(found.map(({ id }) => id));
  for (const fault of found) {
    const known = stored.get(fault.id);
    const opened = { accountId: account, id: fault.id, version: known?.version ?? 0, since: now, found: fault };
    const record = known ?? { ...opened, state: 'open', dismissed: null, after: null };
    const { after, ...verdict } = verdictOf(fault);
    if (after && record.state === 'open') change({ ...record, state: 'resolved', after });
    else if (record.state === 'resolved' && isBack(fault, record, verdict.there)) {
      change({ ...opened, state: 'open', dismissed: null, after: null });
    } else if (!known) change(record);
    else records.push(record);
  }
  for (const record of stored.values()) {
    if (isFound.has(record.id)) continue;
    const { after } = verdictOf(record.found);
    if (record.state === 'open' && after) change({ ...record, state: 'resolved', after });
    else records.push(record);
  }
  return { records, changed };
}

/** Whether a fault that was resolved has come back: it is there in the newest hours, or in a window that begins after. */
function isBack(fault: Judged, { after }: AdviceRecord, there: boolean | null): boolean {
  return there ?? (after !== null && fault.from >= after.at);
}
