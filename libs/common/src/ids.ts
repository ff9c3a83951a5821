/** The ids of accounts. */
export const ACCOUNT_ID = /^[A-Za-z0-9._:-]{1,64}$/;

/** The ids of keys: those that the service makes, and those that a sender may give an external key. */
export const KEY_ID = /^[A-Za-z0-9._:-]{1,128}$/;
