#!/usr/bin/env node
/**
 * `npm run test:mutation [-- TEXT]`: puts each fault of `mutants.mjs` (those whose description or file holds TEXT) into a
 * copy of the checkout, runs the specs that should notice, and prints which faults survive. Exit code 1 if one does, or
 * if the text it replaces does not stand once in its file any more.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { root, runMain, nodeFlags, serviceEnvironment } from '../../scripts/lib/project.mjs';
import { MUTANTS } from './mutants.mjs';

/** What the specs need of a checkout. */
const COPIED = [
  'apps',
  'libs',
  'clickhouse',
  'test',
  'docs',
  'package.json',
  'tsconfig.json',
  'jest.config.mjs',
  'README.md',
];
const TIMEOUT_MS = 600_000;

await runMain(async () => {
  const text = process.argv[2] ?? '';
  const chosen = MUTANTS.filter(({ fault, file }) => fault.includes(text) || file.includes(text));
  const folder = copyOfCheckout();
  const survivors = [];
  try {
    for (const [index, mutant] of chosen.entries()) {
      const outcome = tryMutant(folder, mutant);
      if (outcome !== 'killed') survivors.push(mutant);
      process.stdout.write(`${index + 1}/${chosen.length} ${outcome}: ${mutant.fault} (${mutant.file})\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`${chosen.length - survivors.length} of ${chosen.length} faults were noticed.\n`);
  return survivors.length === 0 ? 0 : 1;
});

function copyOfCheckout() {
  const folder = mkdtempSync(join(tmpdir(), 'meterhouse-mutation-'));
  for (const name of COPIED) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** `killed` when a spec fails, `survived` when all pass, `stale` when the mutant does not fit the code. */
function tryMutant(folder, { file, from, to, specs }) {
  const path = join(folder, file);
  const original = readFileSync(path, 'utf8');
  if (original.split(from).length !== 2) return 'stale';
  writeFileSync(
    path,
    original.replace(from, () => to),
  );
  try {
    const jest = join(folder, 'node_modules/jest/bin/jest.js');
    const args = [...nodeFlags, jest, '--selectProjects', 'unit', 'medium', '--runInBand', '--bail', ...specs];
    const { status } = spawnSync(process.execPath, args, {
      cwd: folder,
      env: { ...serviceEnvironment, CI: 'true' },
      stdio: 'ignore',
      timeout: TIMEOUT_MS,
    });
    return status === 0 ? 'survived' : 'killed';
  } finally {
    writeFileSync(path, original);
  }
}
