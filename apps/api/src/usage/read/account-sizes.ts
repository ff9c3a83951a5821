/** How much accounts do, as far as their last answers told: by that it is decided how they are read best. */
import { Injectable } from '@nestjs/common';
import type { AccountScope } from '../../auth/key-registry';

const MAX_ACCOUNTS = 10_000;

interface Size {
  /** Requests a millisecond. */
  requestRate?: number;
  /** How many endpoints were called. */
  endpoints?: number;
}

/** What is told of an account that was not asked for lately is undefined. */
@Injectable()
export class AccountSizes {
  private readonly sizes = new Map<AccountScope, Size>();

  requestRateOf(scope: AccountScope): number | undefined {
    return this.sizes.get(scope)?.requestRate;
  }

  endpointsOf(scope: AccountScope): number | undefined {
    return this.sizes.get(scope)?.endpoints;
  }

  note(scope: AccountScope, size: Size): void {
    const known = this.sizes.get(scope);
    this.sizes.delete(scope);
    this.sizes.set(scope, { ...known, ...size });
    const [oldest] = this.sizes.keys();
    if (this.sizes.size > MAX_ACCOUNTS && oldest !== undefined) this.sizes.delete(oldest);
  }
}
