#!/usr/bin/env node
/**
 * How good forecasts are: makes them at the end of weeks of made-up traffic, and compares the week after.
 * With files, forecasts what these have recorded instead: logs in a format of `meterhouse import`, or `time,count` lines.
 * Usage: npm run bench:forecast -- [--keys N]
 *   npm run bench:forecast -- [--format combined|common|nginx-json|ndjson|counts] [--known DAYS] FILE…
 */
import { parseArgs } from 'node:util';
import { prepare } from '../scripts/lib/prepare.mjs';
import { loadBuilt } from './lib.mjs';
import { measureRecorded, recordedHours } from './forecast/recorded.mjs';
import { keyTraffic } from './forecast/traffic.mjs';

const WEEK = 168;
/** Where the known weeks begin, in hours after Monday: the middle of the week must not matter. */
const OFFSETS = [0, 84];

const { values: options, positionals: files } = parseArgs({
  options: {
    keys: { type: 'string', default: '1000' },
    format: { type: 'string', default: 'combined' },
    known: { type: 'string', default: '2' },
  },
  allowPositionals: true,
});
const keys = Number(options.keys);
await prepare();
const { Forecast, HOURS_OF_WEEK, naiveError, seasonal, seasonalNaive } = loadBuilt('libs/forecast/src/index.js');
const METHOD = {
  predictor: seasonal(HOURS_OF_WEEK),
  stride: 24,
  span: WEEK,
  units: [1, 24, WEEK],
  origins: 28,
  season: WEEK,
};

for (const file of files) {
  const hours = await recordedHours(file, options.format);
  for (const horizon of [24, WEEK])
    process.stdout.write(`${measureRecorded(file, hours, horizon, Number(options.known))}\n`);
}
if (files.length === 0) for (const weeks of [2, 3, 4, 6, 8]) print(weeks, measure(weeks));

function measure(weeks) {
  const sums = { mase: 0, naive: 0, seconds: 0, in80: 0, in95: 0, total80: 0, total95: 0 };
  for (let key = 0; key < keys; key++) {
    const offset = OFFSETS[key % OFFSETS.length];
    const known = weeks * WEEK;
    const values = keyTraffic(1_000 + key, weeks + 2).subarray(offset, offset + known + WEEK);
    const slots = Uint8Array.from(values, (_, index) => (index + offset) % WEEK);
    const start = process.cpuUsage().user;
    const forecast = new Forecast({ values, slots }, known, WEEK, METHOD);
    const hours = Array.from({ length: WEEK }, (_, lead) => forecast.sum(lead, lead + 1));
    const total = forecast.sum(0, WEEK);
    sums.seconds += (process.cpuUsage().user - start) / 1e6;
    const actual = values.subarray(known);
    const repeated = seasonalNaive(HOURS_OF_WEEK).fit({ values, slots }, known);
    const scale = naiveError(values, known, WEEK) * WEEK * keys;
    hours.forEach((band, lead) => {
      sums.mase += Math.abs(actual[lead] - band.expected) / scale;
      sums.naive += Math.abs(actual[lead] - repeated(lead)) / scale;
      sums.in80 += isIn(actual[lead], band.low80, band.high80) / WEEK / keys;
      sums.in95 += isIn(actual[lead], band.low95, band.high95) / WEEK / keys;
    });
    const sum = actual.reduce((all, value) => all + value, 0);
    sums.total80 += isIn(sum, total.low80, total.high80) / keys;
    sums.total95 += isIn(sum, total.low95, total.high95) / keys;
  }
  return sums;
}

function isIn(value, low, high) {
  return value >= low && value <= high ? 1 : 0;
}

function print(weeks, { mase, naive, seconds, in80, in95, total80, total95 }) {
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  process.stdout.write(
    `${weeks} weeks of ${keys} keys: MASE ${mase.toFixed(3)}, of the week before ${naive.toFixed(3)} (ratio ${(mase / naive).toFixed(3)}); ` +
      `hours in 80 %: ${percent(in80)}, in 95 %: ${percent(in95)}; the week's total: ${percent(total80)}, ${percent(total95)}; ` +
      `${seconds.toFixed(2)} s of processor time\n`,
  );
}
