#!/usr/bin/env node
/** `npm run build`: compiles the service and the command line into dist/. */
import { build, checkNode, ensureInstalled } from './lib/prepare.mjs';
import { runMain } from './lib/project.mjs';

await runMain(async () => {
  checkNode();
  await ensureInstalled();
  await build();
});
