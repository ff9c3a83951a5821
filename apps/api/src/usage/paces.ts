/** How many requests accounts make, as far as their last answers told. */
import { Injectable } from '@nestjs/common';
import type { AccountScope } from '../auth/key-registry';

const MOST_ACCOUNTS = 10_000;

@Injectable()
export class Paces {
  private readonly paces = new Map<AccountScope, number>();

  /** Requests a millisecond; undefined for an account that was not asked for lately. */
  of(scope: AccountScope): number | undefined {
    return this.paces.get(scope);
  }

  note(scope: AccountScope, pace: number): void {
    this.paces.delete(scope);
    this.paces.set(scope, pace);
    const [oldest] = this.paces.keys();
    if (this.paces.size > MOST_ACCOUNTS && oldest !== undefined) this.paces.delete(oldest);
  }
}
