/** Which method a history allows, and how far it can be trusted. */
import { DAY, HOUR, iso } from '@meterhouse/common';
import { Forecast, HOURS_OF_DAY, HOURS_OF_WEEK, type Method, seasonal } from '@meterhouse/forecast';
import type { History } from './history';

export const CONFIDENCES = ['ok', 'low', 'none'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** How a forecast is made; `none` where there is too little history for any. */
export const METHOD_NAMES = ['week-shape', 'day-shape', 'none'] as const;
export type MethodName = (typeof METHOD_NAMES)[number];

/** A shape of the day needs two days, one of the week two weeks. */
const LEAST_HOURS = 48;
const WEEK_FROM = 2 * 168;
/** From here on the shape of the week is made of enough weeks. */
const TRUSTED_FROM = 3 * 168;

/** Past forecasts that are compared with what came: four weeks of days, or as many days as are forecast. */
const LEAST_ORIGINS = 28;

/** What a history allows to say. */
export interface Fit {
  name: MethodName;
  /** Null where nothing can be said. */
  forecast: Forecast | null;
  confidence: Confidence;
  /** Why it is not trusted more, and what else should be known; null where there is nothing to say. */
  notice: string | null;
}

/** @param horizon hours ahead that are of interest */
export function forecastOf(history: History, horizon: number): Fit {
  const { known, requests } = history;
  if (known < LEAST_HOURS || requests === 0) {
    return { name: 'none', forecast: null, confidence: 'none', notice: `${refusalOf(history)}` };
  }
  const isByWeek = known >= WEEK_FROM;
  const { steps } = history;
  const slots = isByWeek ? steps.slots : Uint8Array.from(steps.slots, (slot) => slot % 24);
  const forecast = new Forecast({ ...steps, slots }, known, horizon, methodOf(isByWeek, horizon));
  const isShort = known < TRUSTED_FROM || known < horizon;
  const said = [isShort ? shortnessOf(history, isByWeek, horizon) : null, throttlingOf(history)];
  return {
    name: isByWeek ? 'week-shape' : 'day-shape',
    forecast,
    confidence: isShort ? 'low' : 'ok',
    notice: said.filter((text) => text !== null).join(' ') || null,
  };
}

function methodOf(isByWeek: boolean, horizon: number): Method {
  const units = [1, 24, 168, 720].filter((unit) => unit <= horizon);
  const origins = Math.max(LEAST_ORIGINS, Math.ceil(horizon / 24));
  const season = isByWeek ? HOURS_OF_WEEK : HOURS_OF_DAY;
  return { predictor: seasonal(season), stride: 24, span: 168, units, origins, season: season.length };
}

function refusalOf({ known, from, requests }: History): string {
  if (requests === 0) return 'There were no requests in the hours that a forecast would be made from.';
  return `A forecast needs ${LEAST_HOURS} complete hours, but there are ${known}; ask again after ${iso(from + LEAST_HOURS * HOUR)}.`;
}

function shortnessOf({ from, to, known }: History, isByWeek: boolean, horizon: number): string {
  const days = `${Math.floor((to - from) / DAY)} days of history`;
  if (!isByWeek) return `With ${days} the days of the week cannot be told apart yet; that takes 14.`;
  if (known < TRUSTED_FROM)
    return `With ${days} the shape of the week is made of few weeks; it is trusted from 21 days on.`;
  return `The ${horizon / 24} days ahead are longer than the ${days}: the bounds are widened by the lead.`;
}

/** A limit must not hide the growth that it stops. */
function throttlingOf({ requests, throttled }: History): string | null {
  if (throttled === 0) return null;
  const percent = Math.max(0.1, (throttled / requests) * 100).toFixed(1);
  return `${percent} % of the requests of the history were throttled; they count as demand, also where a client sent the same request again.`;
}
