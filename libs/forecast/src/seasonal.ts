/** The shape of a season times the level of its last days: what won a comparison of methods on a few weeks of traffic. */
import { median, medianSlope, trimmedMean } from './numbers';
import type { Predictor, Steps } from './predictor';

/** How steps repeat. */
export interface Season {
  /** Steps in one season. */
  length: number;
  /** Steps in one of the parts whose ratios to the shape make the level, such as a day. */
  part: number;
  /** Most seasons that the shape is made of. */
  shaped: number;
}

/** Hours that repeat by the week. */
export const HOURS_OF_WEEK: Season = { length: 168, part: 24, shaped: 4 };
/** Hours that repeat by the day, where there are no two weeks yet. */
export const HOURS_OF_DAY: Season = { length: 24, part: 24, shaped: 7 };
/** Days that repeat by the week. */
export const DAYS_OF_WEEK: Season = { length: 7, part: 1, shaped: 4 };

/** Parts that make the level: a week of days. */
const LEVEL_PARTS = 7;
/** Seasons that the growth is made of, at most and at least. */
const GROWN = { most: 8, least: 4 };
/** Growth counts up to this much a season, as a logarithm: half as much again. */
const MAX_GROWTH = Math.log(1.5);
/** What is left of the growth of a season in the next one. */
const DAMPING = 0.9;

/**
 * The shape is the median of each slot over the last seasons, each divided by its mean, so that one day of trouble does not
 * repeat. The level is the mean ratio of the last days to the shape without the lowest and the highest. Growth counts as
 * far as it stands out from the scatter of the seasons, and fades with the lead.
 */
export function seasonal(season: Season): Predictor {
  return {
    least: season.length,
    fit: (steps, end) => {
      const shape = shapeOf(steps, end, season);
      const level = levelOf(steps, end, season, shape);
      const growth = growthOf(steps, end, season);
      const behind = Math.min(LEVEL_PARTS * season.part, end) / 2 / season.length;
      return (lead) => {
        const slot = steps.slots[end + lead] ?? 0;
        return (shape[slot] ?? 0) * level * Math.exp(growth * damped(behind + lead / season.length));
      };
    },
  };
}

/** The same slot of the last season that is known: what a forecast has to beat. */
export function seasonalNaive({ length }: Season): Predictor {
  return {
    least: length,
    fit:
      ({ values }, end) =>
      (lead) =>
        values[end - length + (lead % length)] ?? 0,
  };
}

/** The sum of a season's growth over so many seasons, each of which keeps `DAMPING` of that before. */
function damped(seasons: number): number {
  return (1 - DAMPING ** seasons) / -Math.log(DAMPING);
}

function shapeOf({ values, slots }: Steps, end: number, { length, shaped }: Season): Float64Array {
  const seasons = Math.min(shaped, Math.floor(end / length));
  const [shares, counts] = [new Float64Array(length * seasons), new Uint8Array(length)];
  for (let season = 0; season < seasons; season++) {
    const from = end - (season + 1) * length;
    const mean = meanOf(values, from, from + length);
    if (mean === 0) continue;
    for (let index = from; index < from + length; index++) {
      const slot = slots[index] ?? 0;
      const count = counts[slot] ?? 0;
      // Where clocks are set back a slot comes twice in a season, and another may not come at all.
      if (count === seasons) continue;
      shares[slot * seasons + count] = (values[index] ?? 0) / mean;
      counts[slot] = count + 1;
    }
  }
  const shape = new Float64Array(length);
  for (let slot = 0; slot < length; slot++) {
    const count = counts[slot] ?? 0;
    if (count > 0) shape[slot] = median(shares.subarray(slot * seasons, slot * seasons + count));
  }
  return shape;
}

function levelOf({ values, slots }: Steps, end: number, { part }: Season, shape: Float64Array): number {
  const ratios: number[] = [];
  for (let to = end; to - part >= 0 && ratios.length < LEVEL_PARTS; to -= part) {
    let [sum, shapes] = [0, 0];
    for (let index = to - part; index < to; index++) {
      sum += values[index] ?? 0;
      shapes += shape[slots[index] ?? 0] ?? 0;
    }
    if (shapes > 0) ratios.push(sum / shapes);
  }
  return ratios.length === 0 ? 0 : trimmedMean(ratios);
}

/** As a logarithm per season. */
function growthOf({ values }: Steps, end: number, { length }: Season): number {
  const seasons = Math.min(GROWN.most, Math.floor(end / length));
  if (seasons < GROWN.least) return 0;
  const levels: number[] = [];
  for (let season = seasons; season > 0; season--) {
    const from = end - season * length;
    levels.push(Math.log(meanOf(values, from, from + length)));
  }
  if (!levels.every(Number.isFinite)) return 0;
  const slope = medianSlope(levels);
  const centre = (seasons - 1) / 2;
  const middle = median(levels.map((level, index) => level - slope * (index - centre)));
  const scatter = median(levels.map((level, index) => Math.abs(level - middle - slope * (index - centre))));
  // The standard error of a slope; a median absolute deviation is 0.67 of a standard deviation.
  const error = scatter / 0.6745 / Math.sqrt((seasons ** 3 - seasons) / 12);
  const trusted = slope === 0 ? 0 : Math.max(0, 1 - (error / slope) ** 2);
  return Math.max(-MAX_GROWTH, Math.min(MAX_GROWTH, slope * trusted));
}

function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += values[index] ?? 0;
  return sum / (to - from);
}
