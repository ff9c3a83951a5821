/** How much is still to come in a period. */
import { Injectable } from '@nestjs/common';
import { DAY } from '@meterhouse/common';

/** What is known of a running period. Instants are epoch milliseconds. */
export interface UsageSoFar {
  accountId: string;
  now: number;
  /** The end of what is asked for. */
  until: number;
  /** Requests of the days that are over, from the period's start on. */
  days: readonly number[];
}

/** Requests from now on; 80 % of the time between `low` and `high`. */
export interface RequestsToCome {
  expected: number;
  low: number;
  high: number;
}

/** Expects how many requests an account still has. */
export abstract class ProjectUnits {
  /** Null where too little is known. */
  abstract toCome(soFar: UsageSoFar): Promise<RequestsToCome | null>;
}

/** Fewer days say nothing. */
const MIN_DAYS = 3;
/** As many of the last days are taken: a week has all of its days once. */
const DAYS = 7;
/** Standard deviations to either side within which 80 % of a normal distribution lie. */
const DEVIATIONS = 1.2816;

/**
 * As many a day as in the last seven days, of which each is taken as a draw of its own; the range has the spread of such
 * a sum, and that of the mean.
 */
@Injectable()
export class PaceOfLastDays extends ProjectUnits {
  toCome({ now, until, days }: UsageSoFar): Promise<RequestsToCome | null> {
    const last = days.slice(-DAYS);
    if (last.length < MIN_DAYS) return Promise.resolve(null);
    const mean = last.reduce((sum, requests) => sum + requests, 0) / last.length;
    const variance = last.reduce((sum, requests) => sum + (requests - mean) ** 2, 0) / (last.length - 1);
    const left = (until - now) / DAY;
    const spread = DEVIATIONS * Math.sqrt(variance * (left + left ** 2 / last.length));
    const expected = mean * left;
    return Promise.resolve({ expected, low: Math.max(0, expected - spread), high: expected + spread });
  }
}
