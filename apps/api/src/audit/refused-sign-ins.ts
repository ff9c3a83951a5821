/** Calls with a key or token that is not good, for the audit log: as few entries as tell who tries, however many try. */
import { Injectable } from '@nestjs/common';
import { type ErrorCode, floorTo, iso } from '@meterhouse/common';
import type { AuditActor, AuditEntry } from './audit-entry';

/** Addresses and keys of which a minute has entries of their own; all others share one. */
const MAX_ACTORS = 100;

const OTHERS: AuditActor = { keyId: null, accountId: null, address: null };

interface Refusals {
  actor: AuditActor;
  at: number;
  until: number;
  counts: Partial<Record<ErrorCode, number>>;
}

@Injectable()
export class RefusedSignIns {
  /** By minute and actor, the oldest first. */
  private readonly minutes = new Map<number, Map<string, Refusals>>();

  /** Counts a refusal. @param actor its key and account where the secret was that of a key, which has ended */
  add(actor: AuditActor, code: ErrorCode, at: number): void {
    const minute = floorTo('minute', at);
    const actors = this.minutes.get(minute) ?? new Map<string, Refusals>();
    this.minutes.set(minute, actors);
    const name = JSON.stringify([actor.address, actor.keyId]);
    const known = actors.get(name);
    const isRoom = known !== undefined || actors.size < MAX_ACTORS;
    const refusals = known ?? actors.get('others') ?? { actor: isRoom ? actor : OTHERS, at, until: at, counts: {} };
    refusals.until = Math.max(refusals.until, at);
    refusals.counts[code] = (refusals.counts[code] ?? 0) + 1;
    actors.set(isRoom ? name : 'others', refusals);
  }

  /** The entries of the minutes that have ended by `now`, each once. */
  take(now: number): AuditEntry[] {
    const entries: AuditEntry[] = [];
    for (const [minute, actors] of this.minutes) {
      if (minute >= floorTo('minute', now)) continue;
      this.minutes.delete(minute);
      for (const refusals of actors.values()) entries.push(entryOf(refusals));
    }
    return entries;
  }
}

function entryOf({ actor, at, until, counts }: Refusals): AuditEntry {
  const count = Object.values(counts).reduce((sum, refused) => sum + refused, 0);
  const details = { count, errors: counts, until: iso(until) };
  return { at, action: 'sign_in.refused', actor, target: null, accountId: null, details };
}
