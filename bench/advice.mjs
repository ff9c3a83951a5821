#!/usr/bin/env node
/**
 * `npm run bench:advice [-- --seeds 10]`: advice on healthy accounts and on accounts with one fault of each type, by the
 * suite of `test/support/advice-suite.ts`: how many faults are found, and how much is said that is not true.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, runMain, runNode, serviceEnvironment } from '../scripts/lib/project.mjs';
import { percentile, temporaryFolder } from './lib.mjs';

const { values: options } = parseArgs({ options: { seeds: { type: 'string', default: '10' } } });
const SUITE = 'test/medium/advice-suite.spec.ts';

await runMain(async () => {
  const outcomes = join(temporaryFolder(), 'outcomes');
  const env = { ...serviceEnvironment, ADVICE_SEEDS: options.seeds, ADVICE_OUTCOMES: outcomes };
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  // What it prints is of tests; what is found is in the file.
  const stdio = ['ignore', 'ignore', 'ignore'];
  const code = await runNode(jest, ['--selectProjects', 'medium', '-w', '1', SUITE], { cwd: root, env, stdio });
  report(
    readFileSync(outcomes, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
  return code;
});

function report(accounts) {
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const sums = { planted: 0, found: 0, true: 0, said: 0, healthy: 0, spoken: 0 };
  const types = new Map();
  for (const { type, expected, implied, said } of accounts) {
    const isTrue = said.filter((one) => [expected, ...implied].some((right) => right && same(one, right))).length;
    sums.said += said.length;
    sums.true += isTrue;
    if (!expected) {
      sums.healthy++;
      if (said.length > 0) sums.spoken++;
      continue;
    }
    const of = types.get(type) ?? { planted: 0, found: 0, wrong: 0 };
    of.planted++;
    if (said.some((one) => same(one, expected))) of.found++;
    of.wrong += said.length - isTrue;
    types.set(type, of);
    sums.planted++;
  }
  for (const [type, { planted, found, wrong }] of types) {
    sums.found += found;
    say(`${type.padEnd(20)} planted ${planted}, found and named ${found}, wrong beside it ${wrong}`);
  }
  say(`Healthy accounts: ${sums.healthy}, of which something was said: ${sums.spoken}.`);
  say(
    `Recall ${share(sums.found, sums.planted)}, precision ${share(sums.true, sums.said)} (${sums.said} pieces of advice).`,
  );
  const times = accounts.map(({ ms }) => ms);
  say(
    `A call of GET /usage/advice over 7 days took ${percentile(times, 0.5)} ms (p50), ${percentile(times, 0.95)} ms (p95).`,
  );
}

function share(part, whole) {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
