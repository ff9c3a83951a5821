#!/usr/bin/env node
/**
 * `npm run bench:anomaly`: how often anomaly rules speak on healthy traffic, and how many planted faults they find; by the
 * code that judges windows, over made traffic with the rhythm of days and weeks, noise, growth and a few old outages.
 */
import { prepare } from '../scripts/lib/prepare.mjs';
import { runMain } from '../scripts/lib/project.mjs';
import { loadBuilt, seeded } from './lib.mjs';
import { normal, poisson } from './random.mjs';

const MINUTE = 60_000;
const DAY = 86_400_000;
const STEP = 5 * MINUTE;
const LENGTH = 15 * MINUTE;
const HISTORY_DAYS = 29;
const WATCHED_DAYS = 7;
const FAULT = 30 * MINUTE;
/** A fault that is not found in so many windows' time is missed. */
const WITHIN = 3 * LENGTH;
const START = Date.UTC(2026, 1, 2);
const SEEDS = 10;
const FAULTS_OF_A_SEED = 24;

/** What is planted, and the rule that should find it. */
const FAULTS = [
  {
    name: 'traffic drops to 30 %',
    metric: 'requests',
    direction: 'down',
    change: (step) => ({ ...step, rate: step.rate * 0.3 }),
  },
  {
    name: 'traffic rises to 300 %',
    metric: 'requests',
    direction: 'up',
    change: (step) => ({ ...step, rate: step.rate * 3 }),
  },
  { name: 'errors from 1 to 8 %', metric: 'errorRate', direction: 'up', change: (step) => ({ ...step, errors: 0.08 }) },
  { name: 'p95 doubled', metric: 'p95', direction: 'up', change: (step) => ({ ...step, scale: step.scale * 2 }) },
];

process.env.TZ = 'UTC';

await runMain(async () => {
  await prepare();
  const judge = loadBuilt('apps/api/src/alert-rules/evaluation/judge.js').judge;
  const table = [];
  for (const fault of FAULTS) {
    const sums = { windows: 0, spoke: 0, planted: 0, found: 0, delay: 0 };
    for (let seed = 1; seed <= SEEDS; seed++) watch(seed, fault, judge, sums);
    table.push({
      rule: `${fault.metric} ${fault.direction}`,
      'healthy windows': sums.windows,
      'spoke in %': Number(((100 * sums.spoke) / sums.windows).toFixed(3)),
      fault: fault.name,
      planted: sums.planted,
      'found in %': Number(((100 * sums.found) / sums.planted).toFixed(1)),
      'after minutes': Number((sums.delay / sums.found).toFixed(1)),
    });
  }
  for (const { rule, fault, ...figures } of table) {
    const shown = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
    say(`${rule.padEnd(14)} ${fault.padEnd(24)} ${shown.join(', ')}`);
  }
  const worst = (name, of) => of(...table.map((row) => row[name]));
  say(`Healthy windows in which a rule spoke: ${worst('spoke in %', Math.max)} % at most (asked for: under 1 %).`);
  say(`Faults found within three windows: ${worst('found in %', Math.min)} % at least (asked for: 95 %).`);
});

/** A key's traffic of five weeks; in the last, windows are judged with and without each fault. */
function watch(seed, fault, judge, sums) {
  const random = seeded(seed * 7_919);
  const steps = trafficOf(seed, random);
  const rule = ruleOf(fault);
  const from = START + HISTORY_DAYS * DAY;
  const to = from + WATCHED_DAYS * DAY;
  const healthy = subjectOf(rule, steps);
  for (let end = from + STEP; end <= to; end += STEP) {
    sums.windows++;
    if (judge(healthy, end).verdict === 'breach') sums.spoke++;
  }
  for (let count = 0; count < FAULTS_OF_A_SEED; count++) {
    const begin = from + Math.floor((random() * (to - from - DAY)) / STEP) * STEP;
    const broken = new Map(steps);
    for (let at = begin; at < begin + FAULT; at += STEP)
      broken.set(at, drawn(fault.change(steps.get(at).model), random));
    // The weeks before are the same.
    const subject = subjectOf(rule, broken);
    const traffic = (length, end) => (end > from ? subject : healthy).traffic(length, end);
    sums.planted++;
    for (let end = begin + STEP; end <= begin + WITHIN; end += STEP) {
      if (judge({ ...subject, traffic }, end).verdict !== 'breach') continue;
      sums.found++;
      sums.delay += (end - begin) / MINUTE;
      break;
    }
  }
}

function trafficOf(seed, random) {
  const busiest = [200, 300, 400, 600, 800, 1_200, 2_000, 4_000, 8_000, 16_000][seed % 10];
  const steps = new Map();
  let wave = 0;
  for (let at = START; at < START + (HISTORY_DAYS + WATCHED_DAYS + 1) * DAY; at += STEP) {
    // Slow noise beside that of single requests: minutes follow each other.
    wave = 0.95 * wave + 0.012 * normal(random);
    const hour = ((at % DAY) / DAY) * 24;
    const day = Math.floor(at / DAY + 3) % 7;
    const rhythm = 0.25 + 0.75 * Math.max(0, Math.sin(((hour - 6) / 16) * Math.PI));
    const growth = 1 + (0.02 * (at - START)) / (7 * DAY);
    const rate = busiest * rhythm * (day >= 5 ? 0.5 : 1) * growth * Math.exp(wave);
    steps.set(at, drawn({ rate, errors: 0.01, scale: 100 }, random));
  }
  return steps;
}

/** The figures of five minutes: requests, failures, and a sample of latencies that stands for all. */
function drawn(model, random) {
  const requests = poisson(model.rate, random);
  const failed = poisson(requests * model.errors, random);
  const latencies = Array.from({ length: Math.min(requests, 60) }, () => model.scale * Math.exp(0.6 * normal(random)));
  return { model, requests, failed: Math.min(failed, requests), latencies };
}

function subjectOf(rule, steps) {
  const known = new Map();
  const traffic = (length, end) => {
    const cached = known.get(end);
    if (cached) return cached;
    const made = madeOf(length, end);
    known.set(end, made);
    return made;
  };
  const madeOf = (length, end) => {
    let [requests, failed] = [0, 0];
    const latencies = [];
    for (let at = end - length; at < end; at += STEP) {
      const step = steps.get(at);
      if (!step) continue;
      requests += step.requests;
      failed += step.failed;
      latencies.push(...step.latencies);
    }
    const sorted = rule.metric === 'p95' ? latencies.sort((a, b) => a - b) : [];
    const p95 = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? null;
    return { requests, failed, throttled: 0, averageLatency: null, peakLatency: null, bytes: 0n, percentiles: { p95 } };
  };
  return { rule, traffic, limits: null, firstEvent: START };
}

function ruleOf({ metric, direction }) {
  return {
    id: 'rul_bench',
    accountId: 'bench',
    metric,
    filters: { keyId: [], endpoint: [], method: [], statusCode: [], errorType: [] },
    groupBy: null,
    window: '15m',
    condition: { type: 'anomaly', direction, sensitivity: 'medium' },
    minimumRequests: 20,
    breaching: { windows: 1, of: 1 },
    noData: 'ok',
    schedule: null,
  };
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
