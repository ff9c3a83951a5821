/** While a silence lasts, nobody is told of the alerts that it is about. */
export interface Silence {
  id: string;
  /** Null: made by an admin over all accounts. */
  accountId: string | null;
  /** Empty: all rules of the account. */
  ruleIds: readonly string[];
  /** Of rules that are grouped: the keys or endpoints it is about; empty: all. */
  groups: readonly string[];
  /** Epoch milliseconds. */
  from: number;
  /** Not included. */
  to: number;
  comment: string | null;
  createdAt: number;
}

/** Whether it holds for a group of a rule at an instant. */
export function silences(
  silence: Silence,
  rule: { id: string; accountId: string | null },
  group: string,
  at: number,
): boolean {
  return (
    at >= silence.from &&
    at < silence.to &&
    (silence.accountId === null || silence.accountId === rule.accountId) &&
    (silence.ruleIds.length === 0 || silence.ruleIds.includes(rule.id)) &&
    (silence.groups.length === 0 || silence.groups.includes(group))
  );
}
