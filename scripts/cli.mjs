#!/usr/bin/env node
/** `npx meterhouse …` and `npm run cli -- …`: the command line, installed and built when needed. */
import { prepare } from './lib/prepare.mjs';
import { cliEntry, runMain, runNode } from './lib/project.mjs';

await runMain(async () => {
  await prepare();
  return runNode(cliEntry, process.argv.slice(2));
});
