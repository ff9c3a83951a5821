/** Remembers how much traffic accounts had in their last answers, by which the reader chooses how to read them. */
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { HOUR } from '@meterhouse/common';
import type { AccountScope } from '../../auth/key';

const MAX_ACCOUNTS = 10_000;

interface Size {
  /** Requests a millisecond. */
  requestRate?: number;
  /** How many endpoints were called. */
  endpoints?: number;
}

/** All accounts together, beside the ids of accounts, none of which is empty. */
const ALL = '';

/** Undefined is returned for an account that was not read lately. */
@Injectable()
export class AccountSizes {
  private readonly sizes = new LRUCache<string, Size>({ max: MAX_ACCOUNTS });

  /** By account: the length, in ms, of the shortest window with too many rows to be returned. Looked at again after an hour. */
  private readonly large = new LRUCache<string, number>({ max: MAX_ACCOUNTS, ttl: HOUR });

  /** Whether a window of this length, in ms, has too many rows to be returned. */
  isLarge(scope: AccountScope, length: number): boolean {
    return length >= (this.large.get(scope ?? ALL) ?? Infinity);
  }

  noteLarge(scope: AccountScope, length: number): void {
    this.large.set(scope ?? ALL, length);
  }

  requestRateOf(scope: AccountScope): number | undefined {
    return this.sizes.get(scope ?? ALL)?.requestRate;
  }

  endpointsOf(scope: AccountScope): number | undefined {
    return this.sizes.get(scope ?? ALL)?.endpoints;
  }

  note(scope: AccountScope, size: Size): void {
    const account = scope ?? ALL;
    this.sizes.set(account, { ...this.sizes.get(account), ...size });
  }
}
