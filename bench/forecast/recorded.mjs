/** Forecasts of recorded traffic: logs as `meterhouse import` reads them, or counts as `time,count` lines. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { basename } from 'node:path';
import { loadBuilt } from '../lib.mjs';

const HOUR = 3_600_000;
const CALENDAR = { timezone: 'UTC', weekStart: 'monday' };
/** The service reads eight weeks. */
const MOST_HOURS = 8 * 168;

/** The requests of each hour of a file, by the start of the hour; 0 where there were none. */
export async function recordedHours(file, format) {
  const counts = new Map();
  const add = (at, count) => {
    const hour = Math.floor(at / HOUR) * HOUR;
    counts.set(hour, (counts.get(hour) ?? 0) + count);
  };
  await (format === 'counts' ? readCounts(file, add) : readLog(file, format, add));
  const [first, last] = [...counts.keys()].reduce(
    ([low, high], at) => [Math.min(low, at), Math.max(high, at)],
    [Infinity, -Infinity],
  );
  return Array.from({ length: counts.size === 0 ? 0 : (last - first) / HOUR + 1 }, (_, index) => {
    const at = first + index * HOUR;
    return { at, requests: counts.get(at) ?? 0 };
  });
}

async function readLog(file, format, add) {
  const { openLog, linesOf } = loadBuilt('apps/cli/src/import/lines.js');
  const { PARSERS } = loadBuilt('apps/cli/src/import/parsers.js');
  const parse = PARSERS[format];
  if (parse === undefined) throw new Error(`--format should be counts or one of ${Object.keys(PARSERS).join(', ')}.`);
  for await (const lines of linesOf((await openLog(file)).chunks())) {
    for (const { text } of lines) {
      const parsed = text === null ? {} : parse(text);
      if (typeof parsed.at === 'number') add(parsed.at, 1);
    }
  }
}

/** Lines such as `2014-07-01 00:30:00,8127`, in UTC; others are headings. */
async function readCounts(file, add) {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [, time, count] = /^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?)\S*,(\d+(?:\.\d+)?)\s*$/.exec(line) ?? [];
    if (time !== undefined) add(Date.parse(`${time.replace(' ', 'T')}Z`), Number(count));
  }
}

/**
 * Forecasts at the end of each day that has a future, by the service's own choice of method, against what came.
 * @param knownDays of the first day
 */
export function measureRecorded(file, hours, horizon, knownDays) {
  const { historyOf } = loadBuilt('apps/api/src/forecast/history.js');
  const { forecastOf } = loadBuilt('apps/api/src/forecast/method.js');
  const { HOURS_OF_DAY, HOURS_OF_WEEK, naiveError, seasonalNaive } = loadBuilt('libs/forecast/src/index.js');
  const sums = { origins: 0, hours: 0, error: 0, naive: 0, scale: 0, in80: 0, in95: 0, total80: 0, total95: 0 };
  // The last hour may be cut off.
  for (let end = knownDays * 24 + 1; end + horizon < hours.length; end += 24) {
    const past = hours.slice(Math.max(0, end - MOST_HOURS), end);
    const demand = new Map(past.map(({ at, requests }) => [at, { requests, throttled: 0, bytes: 0 }]));
    const starts = [...past.map(({ at }) => at), hours[end].at];
    const history = historyOf('requests', demand, starts, hours[end].at + horizon * HOUR, CALENDAR);
    const { name, forecast } = forecastOf(history, horizon);
    if (forecast === null) continue;
    const season = name === 'week-shape' ? HOURS_OF_WEEK : HOURS_OF_DAY;
    const repeated = seasonalNaive(season).fit(history.steps, history.known);
    const actual = hours.slice(end, end + horizon).map(({ requests }) => requests);
    sums.origins++;
    sums.scale += naiveError(history.steps.values, history.known, season.length) * horizon;
    actual.forEach((value, lead) => {
      const band = forecast.sum(lead, lead + 1);
      sums.hours++;
      sums.error += Math.abs(value - band.expected);
      sums.naive += Math.abs(value - repeated(lead));
      sums.in80 += value >= band.low80 && value <= band.high80;
      sums.in95 += value >= band.low95 && value <= band.high95;
    });
    const total = actual.reduce((sum, value) => sum + value, 0);
    const band = forecast.sum(0, horizon);
    sums.total80 += total >= band.low80 && total <= band.high80;
    sums.total95 += total >= band.low95 && total <= band.high95;
  }
  return described(file, hours, horizon, sums);
}

function described(file, hours, horizon, { origins, hours: count, error, naive, scale, in80, in95, total80, total95 }) {
  const requests = hours.reduce((sum, hour) => sum + hour.requests, 0).toLocaleString('en');
  const what = `${basename(file)} (${requests} requests in ${hours.length} hours), ${horizon / 24} days ahead`;
  if (origins === 0) return `${what}: too short for a forecast and what came after it`;
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  return (
    `${what} from ${origins} days: MASE ${(error / scale).toFixed(3)}, of the season before ${(naive / scale).toFixed(3)} (ratio ${(error / naive).toFixed(3)}); ` +
    `hours in 80 %: ${percent(in80 / count)}, in 95 %: ${percent(in95 / count)}; totals: ${percent(total80 / origins)}, ${percent(total95 / origins)}`
  );
}
