import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeFolder } from './data-folder';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'meterhouse-folder-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

it('is one process’s, which the other’s error names, and is left as it was found', async () => {
  const taken = await takeFolder(folder);
  expect(await readFile(join(folder, 'owner.pid'), 'utf8')).toBe(String(process.pid));
  await expect(takeFolder(folder)).rejects.toThrow(
    `DATA_DIR ${folder} is in use by another Meterhouse process (${process.pid}); stop it or choose another folder.`,
  );
  await taken.release();
  expect(await readdir(folder)).toEqual(['lock']);
  expect(await readdir(join(folder, 'lock'))).toEqual([]);
});

it.each([
  ['a process that runs and is another', process.ppid],
  ['the first process, as every service in a container is', 1],
])('does not take %s for the owner, whose number a crash left', async (_, pid) => {
  await writeFile(join(folder, 'owner.pid'), String(pid));
  const taken = await takeFolder(folder);
  await taken.release();
});

it('says in a sentence that the folder cannot be used', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(takeFolder(file)).rejects.toThrow(`DATA_DIR ${file} cannot be used: `);
});
