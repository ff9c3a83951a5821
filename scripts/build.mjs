#!/usr/bin/env node
/** `npm run build`: compiles the service, the command line and the dashboard into dist/. */
import { build, checkNode, ensureInstalled } from './lib/prepare.mjs';
import { runMain } from './lib/project.mjs';

await runMain(async () => {
  checkNode();
  await ensureInstalled();
  await build();
});
