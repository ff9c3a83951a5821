/** The spans of time that GET /usage reads for each timeframe: the contract's, in epoch milliseconds. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const LENGTHS = {
  '1h': { length: HOUR, edge: MINUTE },
  '24h': { length: DAY, edge: MINUTE },
  '7d': { length: 7 * DAY, edge: HOUR },
  '30d': { length: 30 * DAY, edge: HOUR },
  '90d': { length: 90 * DAY, edge: HOUR },
  '1y': { length: 365 * DAY, edge: DAY },
};
export const TIMEFRAMES = [...Object.keys(LENGTHS), 'all'];

export const floorTo = (step, at) => Math.floor(at / step) * step;
export const ceilTo = (step, at) => Math.ceil(at / step) * step;

/**
 * The window [from, to) of a timeframe, the start of the period before it (null for `all`), and the edges that both are
 * rounded to. `all` begins at the beginning of time: who writes a statement by hand needs no first event.
 */
export function windowOf(timeframe, now) {
  if (timeframe === 'all') return { now, from: 0, to: floorTo(DAY, now) + DAY, previousFrom: null, edge: DAY };
  const { length, edge } = LENGTHS[timeframe];
  const from = floorTo(edge, now - length);
  return { now, from, to: floorTo(edge, now) + edge, previousFrom: floorTo(edge, 2 * from - now), edge };
}
