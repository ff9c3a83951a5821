#!/usr/bin/env node
/** `npm run openapi`: writes openapi.json from the routes; `--check` fails when the file differs. Needs no server. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './lib/prepare.mjs';
import { ScriptError, root, run, runMain } from './lib/project.mjs';

const FILE = join(root, 'openapi.json');

await runMain(async () => {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => arg !== '--check');
  if (unknown !== undefined)
    throw new ScriptError(`"${unknown}" is not known here. Usage: npm run openapi [-- --check]`, 2);
  await prepare();
  const document = `${JSON.stringify(await buildDocument(), null, 2)}\n`;
  if (args.length === 0) {
    writeFileSync(FILE, document);
  } else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== document) {
    throw new ScriptError('openapi.json differs from the routes: run "npm run openapi" and commit the file.');
  }
  return lint();
});

/** Builds the application on a folder of its own, without listening. */
async function buildDocument() {
  process.env.TZ = 'UTC';
  const require = createRequire(import.meta.url);
  const { createApp } = require(join(root, 'dist/apps/api/src/app.js'));
  const { buildOpenApi } = require(join(root, 'dist/apps/api/src/openapi.js'));
  const { loadSettings } = require(join(root, 'dist/libs/common/src/index.js'));
  const dataDir = mkdtempSync(join(tmpdir(), 'meterhouse-openapi-'));
  try {
    const app = await createApp(loadSettings({ DATA_DIR: dataDir, ADMIN_KEY: 'no-one-signs-in-with-this-key-here' }));
    try {
      return buildOpenApi(app);
    } finally {
      await app.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function lint() {
  const redocly = join(root, 'node_modules/@redocly/cli/bin/cli.js');
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return run(process.execPath, [redocly, 'lint', FILE, '--config', join(root, '.redocly.yaml')], { env });
}
