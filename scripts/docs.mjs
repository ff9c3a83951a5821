#!/usr/bin/env node
/**
 * `npm run docs:check`: runs every command of the documents against a service with demo data, so that they stay true.
 *
 * Each ```sh block is run by bash, in order, in one empty folder; it fails when its exit code is not 0 or an answer says
 * `"success": false` where the document does not. A block that cannot be run here is preceded by
 * `<!-- not run: REASON -->`, and listed with its reason. What the text names as `npm run NAME` must be a script.
 */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withDemoService } from './lib/demo-service.mjs';
import { prepare } from './lib/prepare.mjs';
import { ScriptError, finished, root, runMain } from './lib/project.mjs';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'clickhouse/README.md'];
const DOCUMENTED_URL = /127\.0\.0\.1:3000/g;
const BLOCK_TIMEOUT_MS = 120_000;

await runMain(async () => {
  const documents = [
    ...DOCUMENTS,
    ...readdirSync(join(root, 'docs'))
      .filter(isMarkdown)
      .map((name) => `docs/${name}`),
  ];
  const texts = documents.map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));
  const problems = texts.flatMap(unknownScripts);
  await prepare();
  await withDemoService(async (service) => {
    for (const block of texts.flatMap(blocksOf)) {
      const problem = block.notRun === undefined ? await runBlock(block, service) : undefined;
      if (problem !== undefined) problems.push(`${block.place}: ${problem}`);
      say(
        `${block.place}: ${block.notRun === undefined ? (problem === undefined ? 'passed' : 'FAILED') : `not run: ${block.notRun}`}`,
      );
    }
  });
  if (problems.length > 0) throw new ScriptError(problems.join('\n'));
});

function isMarkdown(name) {
  return name.endsWith('.md');
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

/** The shell blocks of a document with where they stand, the reason why one is not run, and the output shown below it. */
function blocksOf({ name, text }) {
  const pattern = /(?:<!-- not run: ([^>]*?) -->\n\n)?^```sh\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```)?/gm;
  return [...text.matchAll(pattern)].map((match) => ({
    place: `${name}:${text.slice(0, match.index).split('\n').length}`,
    notRun: match[1],
    commands: match[2],
    shownOutput: match[3] ?? '',
  }));
}

function unknownScripts({ name, text }) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const named = [...text.matchAll(/npm run (?:--silent )?([a-z:]+)/g)].map((match) => match[1].replace(/:$/, ''));
  return [...new Set(named)]
    .filter((script) => !(script in scripts))
    .map((script) => `${name}: there is no "npm run ${script}"`);
}

/** Runs a block; returns what is wrong, or undefined. */
async function runBlock({ commands, shownOutput }, { url, key, adminKey, folder }) {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', commands.replace(DOCUMENTED_URL, new URL(url).host)], {
    cwd: folder,
    env: { ...process.env, KEY: key, ADMIN_KEY: adminKey, METERHOUSE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: BLOCK_TIMEOUT_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await finished(child);
  if (code !== 0) return `exit code ${code}: ${output.slice(-2_000)}`;
  const expected = /"success": ?false/.test(shownOutput) ? 'false' : 'true';
  const other = [...output.matchAll(/"success": ?(true|false)/g)].some((match) => match[1] !== expected);
  return other ? `an answer has another "success" than ${expected}: ${output.slice(0, 2_000)}` : undefined;
}
