import { ACCOUNT_ID, idRule } from '@meterhouse/common';
import type { Identity } from '../../auth/identity';
import type { KeyRegistry } from '../../auth/key-registry';
import { ApiException } from '../../http/api-exception';
import { quoted } from '../../http/fields';

/**
 * The account that a rule or a silence is about; null: all accounts.
 * @param given as it was sent: null for all accounts, undefined for the caller's own
 * @throws ApiException FORBIDDEN for another account by a caller that is no admin; INVALID_PARAMETERS; ACCOUNT_NOT_FOUND
 */
export function watchedAccount(caller: Identity, given: unknown, keys: KeyRegistry): string | null {
  if (given === undefined) return caller.accountId;
  if (given === null) {
    if (caller.isAdmin) return null;
    throw new ApiException('FORBIDDEN', 'Only an admin watches all accounts together; leave accountId out.');
  }
  if (typeof given !== 'string' || !ACCOUNT_ID.test(given)) {
    const message = `accountId should be ${idRule(64)}, or null for all accounts, but is ${quoted(given)}.`;
    throw new ApiException('INVALID_PARAMETERS', message, [{ field: 'accountId', message }]);
  }
  caller.scope(given);
  keys.checkAccount(given);
  return given;
}
