#!/usr/bin/env node
/** `npm run dashboard:types`: writes the dashboard's types of the API from openapi.json; `--check` fails when they differ. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { ScriptError, root, runMain } from './lib/project.mjs';

const FILE = join(root, 'apps/dashboard/src/api/schema.d.ts');

await runMain(async () => {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => arg !== '--check');
  if (unknown !== undefined)
    throw new ScriptError(`"${unknown}" is not known here. Usage: npm run dashboard:types [-- --check]`, 2);
  const document = pathToFileURL(join(root, 'openapi.json'));
  const types = `/** Made from openapi.json by "npm run dashboard:types". */\n${astToString(await openapiTypescript(document))}`;
  if (args.length === 0) {
    writeFileSync(FILE, types);
  } else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== types) {
    throw new ScriptError(
      'The dashboard’s types differ from openapi.json: run "npm run dashboard:types" and commit them.',
    );
  }
});
