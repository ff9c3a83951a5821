/** Adds up limits and use over keys. */
import { type RateLimit, limitsTogether } from '../../auth/key';
import type { RateLimitFiguresDto, RateLimitsDto } from './dto/rate-limits.dto';
import type { RunningUsage } from '../read/aggregates';
import { percentOf } from './usage.answer';

/** A key's calls in the running minute, hour and UTC day. */
type RunningCounts = Omit<RunningUsage, 'keyId'>;

const FIGURES = ['requestsPerMinute', 'requestsPerHour', 'requestsPerDay'] as const;
const WINDOW = { requestsPerMinute: 'minute', requestsPerHour: 'hour', requestsPerDay: 'day' } as const;

/**
 * @param limits of the active keys asked for
 * @param keyIds of the same keys
 * @param events their events in the running windows
 * @param ownCalls what the limiter counted for them
 */
export function rateLimitFigures(
  limits: RateLimit[],
  keyIds: string[],
  events: readonly RunningUsage[],
  ownCalls: ReadonlyMap<string, RunningCounts>,
): RateLimitsDto {
  const asked = new Set(keyIds);
  const counted: RunningCounts[] = [...events.filter((item) => asked.has(item.keyId)), ...ownCalls.values()];
  const current = limitsTogether(limits);
  const usage = each((figure) => counted.reduce((sum, counts) => sum + counts[WINDOW[figure]], 0));
  const utilization = each((figure) => {
    const [limit, used] = [current[figure], usage[figure]];
    // Events may go over the limit, which holds for calls only; the contract's percentages end at 100.
    return limit === null || limit === 0 || used === null ? null : Math.min(100, percentOf(used, limit));
  });
  return { current, usage, utilization };
}

function each(figure: (name: (typeof FIGURES)[number]) => number | null): RateLimitFiguresDto {
  return {
    requestsPerMinute: figure('requestsPerMinute'),
    requestsPerHour: figure('requestsPerHour'),
    requestsPerDay: figure('requestsPerDay'),
  };
}
