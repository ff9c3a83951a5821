#!/usr/bin/env node
/**
 * `npm run test:fuzz [-- --calls N]`: random and hostile calls of every route of openapi.json, 10,000 by default; an answer
 * over a second is a failure here. `npm test` makes 500 of them and does not look at the time.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from './lib/prepare.mjs';
import { ScriptError, root, runMain, runNode, serviceEnvironment } from './lib/project.mjs';

await runMain(async () => {
  const { calls, rest } = parseArguments();
  await prepare();
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const env = { ...serviceEnvironment, FUZZ_CALLS: calls, FUZZ_SLOW_MS: '1000' };
  return runNode(jest, ['--selectProjects', 'e2e', '--testPathPatterns', 'e2e/fuzz', ...rest], { cwd: root, env });
});

function parseArguments() {
  try {
    const { values } = parseArgs({
      options: { calls: { type: 'string', default: '10000' }, seed: { type: 'string' } },
    });
    if (!/^[1-9]\d{0,6}$/.test(values.calls)) throw new Error('--calls should be a whole number of 1 or more.');
    return { calls: values.calls, rest: values.seed === undefined ? [] : ['--seed', values.seed] };
  } catch (error) {
    throw new ScriptError(`${error.message} Usage: npm run test:fuzz [-- --calls N] [--seed N]`, 2);
  }
}
