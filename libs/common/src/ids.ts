/** The ids of accounts. */
export const ACCOUNT_ID = idOf(64);

/** The ids of keys: those that the service makes, and those that a sender may give an external key. */
export const KEY_ID = idOf(128);

/** What an id should be, for messages. */
export function idRule(maxLength: 64 | 128): string {
  return `1 to ${maxLength} letters, digits or any of . _ : -, and not . or .. alone`;
}

/** Not `.` or `..`, which clients resolve in a path before they send it: `/keys/..` would ask for `/`. */
function idOf(maxLength: 64 | 128): RegExp {
  return new RegExp(`^(?!\\.{1,2}$)[A-Za-z0-9._:-]{1,${maxLength}}$`);
}
