/**
 * How limits are reported to a caller: the `X-RateLimit-…` headers of the window that is nearest to its end of calls, and
 * `RateLimit-Policy` and `RateLimit` of all of them, and of the account's where one of those is nearer (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers).
 */
import { RESOLUTION_MS, SECOND } from '@meterhouse/common';
import { type PerWindow, WINDOWS, type Window, type WindowLimits, secondsLeft } from './call-counters';

/** How a caller stands in one limited window. */
export interface Standing {
  window: Window;
  limit: number;
  /** Calls left. */
  remaining: number;
  /** Seconds until the window ends. */
  secondsLeft: number;
}

/** The standing in every window that has a limit, shortest first. */
export function standings(limits: WindowLimits, counts: PerWindow<number>, now: number): Standing[] {
  return WINDOWS.flatMap((window) => {
    const limit = limits[window];
    if (limit === null) return [];
    return [{ window, limit, remaining: Math.max(0, limit - counts[window]), secondsLeft: secondsLeft(window, now) }];
  });
}

/** The window with the fewest calls left; of several, the one that ends last. */
export function tightest(standing: readonly Standing[]): Standing | undefined {
  return standing.toSorted((a, b) => a.remaining - b.remaining || b.secondsLeft - a.secondsLeft)[0];
}

/**
 * The headers of an answer; none when nothing is limited.
 * @param ofAccount of the account's windows, where one of them has the fewest calls left; else none
 * @param now by the clock that clients have, in epoch milliseconds
 */
export function rateLimitHeaders(
  own: readonly Standing[],
  ofAccount: readonly Standing[],
  now: number,
): Record<string, string | number> {
  const nearest = tightest([...own, ...ofAccount]);
  if (!nearest) return {};
  const named = [
    ...own.map((standing) => ({ ...standing, policy: standing.window })),
    ...ofAccount.map((standing) => ({ ...standing, policy: `account-${standing.window}` })),
  ];
  return {
    'X-RateLimit-Limit': nearest.limit,
    'X-RateLimit-Remaining': nearest.remaining,
    'X-RateLimit-Reset': Math.floor(now / SECOND) + nearest.secondsLeft,
    'RateLimit-Policy': named
      .map(({ policy, window, limit }) => `"${policy}";q=${limit};w=${RESOLUTION_MS[window] / SECOND}`)
      .join(', '),
    RateLimit: named
      .map(({ policy, remaining, secondsLeft: left }) => `"${policy}";r=${remaining};t=${left}`)
      .join(', '),
  };
}
