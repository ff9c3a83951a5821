/** What has changed of a period since it was closed. Instants are epoch milliseconds. */
import { type Decimal, ZERO, decimal } from '@meterhouse/pricing';

/** What a period came to at an instant. */
export interface PeriodState {
  recordedAt: number;
  currency: string;
  requests: bigint;
  total: string;
}

export interface Adjustment {
  /** When the change was noticed. */
  at: number;
  /** Events that came late; below 0 where some were deleted, 0 where the plan was changed. */
  requests: bigint;
  amount: Decimal;
}

/** The changes from each state to the next that differs, of states in one currency; ascending. */
export function adjustmentsOf(states: readonly PeriodState[]): Adjustment[] {
  return states.slice(1).flatMap((state, index) => {
    const before = states[index];
    if (before === undefined || before.currency !== state.currency) return [];
    const requests = state.requests - before.requests;
    const amount = decimal(state.total).minus(decimal(before.total));
    return requests === 0n && amount.eq(ZERO) ? [] : [{ at: state.recordedAt, requests, amount }];
  });
}
