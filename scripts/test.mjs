#!/usr/bin/env node
/** `npm test [-- jest's arguments]`: all tests; the e2e ones run against the build, which is made when needed. */
import { join } from 'node:path';
import { prepare } from './lib/prepare.mjs';
import { root, runMain, runNode } from './lib/project.mjs';

await runMain(async () => {
  await prepare();
  return runNode(join(root, 'node_modules/jest/bin/jest.js'), process.argv.slice(2), { cwd: root });
});
