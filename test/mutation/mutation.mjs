#!/usr/bin/env node
/**
 * `npm run test:mutation [-- TEXT | --check]`: puts each fault of `mutants.mjs` (those whose description or file holds TEXT) into a
 * copy of the checkout, runs the specs that should notice, and prints which faults survive. Exit code 1 if one does. Fails
 * before it begins where the text of a fault does not stand once in its file, a spec is gone, or a spec fails without a
 * fault, for then it would notice all of them.
 *
 * `--check` looks only whether every fault still fits the code.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { ScriptError, root, runMain, nodeFlags, serviceEnvironment } from '../../scripts/lib/project.mjs';
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
const BASELINE_MS = 3_600_000;

await runMain(async () => {
  if (process.argv.includes('--check')) {
    refuseStale(MUTANTS);
    process.stdout.write(`${MUTANTS.length} faults fit the code.\n`);
    return 0;
  }
  const text = process.argv[2] ?? '';
  const chosen = MUTANTS.filter(({ fault, file }) => fault.includes(text) || file.includes(text));
  refuseStale(chosen);
  const folder = copyOfCheckout();
  const survivors = [];
  try {
    const specs = [...new Set(chosen.flatMap((mutant) => mutant.specs))];
    if (!passes(folder, specs, BASELINE_MS)) {
      throw new ScriptError(`These specs do not pass without a fault: ${specs.join(' ')}`);
    }
    for (const [index, mutant] of chosen.entries()) {
      const survived = survives(folder, mutant);
      if (survived) survivors.push(mutant);
      const outcome = survived ? 'survived' : 'killed';
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

/** @throws ScriptError naming every fault that does not fit the code, or whose spec is gone */
function refuseStale(mutants) {
  const stale = mutants.flatMap(({ fault, file, from, specs }) => {
    const path = join(root, file);
    const places = existsSync(path) ? readFileSync(path, 'utf8').split(from).length - 1 : 0;
    const gone = specs.filter((spec) => !existsSync(join(root, spec)));
    return [
      ...(places === 1 ? [] : [`${fault}: its text stands ${places} times in ${file}`]),
      ...gone.map((spec) => `${fault}: there is no ${spec}`),
    ];
  });
  if (stale.length > 0) throw new ScriptError(`mutants.mjs does not fit the code:\n${stale.join('\n')}`);
}

/** Whether the specs all pass with the fault in. */
function survives(folder, { file, from, to, specs }) {
  const path = join(folder, file);
  const original = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    original.replace(from, () => to),
  );
  try {
    return passes(folder, specs, TIMEOUT_MS);
  } finally {
    writeFileSync(path, original);
  }
}

/** Whether the specs pass in time, one after the other. */
function passes(folder, specs, timeout) {
  const jest = join(folder, 'node_modules/jest/bin/jest.js');
  const args = [...nodeFlags, jest, '--selectProjects', 'unit', 'medium', '-w', '1', '--bail', ...specs];
  const options = { cwd: folder, env: { ...serviceEnvironment, CI: 'true' }, stdio: 'ignore', timeout };
  return spawnSync(process.execPath, args, options).status === 0;
}
