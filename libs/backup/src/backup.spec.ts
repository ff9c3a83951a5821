/** Backups as files: what is linked, what is noticed, what each refusal says. The engine has its part in test/e2e. */
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MANIFEST } from './manifest';
import { restore } from './restore';
import { type About, writeBackup } from './write';

const ABOUT: About = { version: '0.1.0', schema: 3, createdAt: '2026-03-02T10:15:30.000Z', tables: {} };
const PART = 'store/abc/table/202603_1_1_0';
const OTHER = 'store/abc/table/202603_2_2_0';

let folder: string;
let snapshot: string;
let directory: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meterhouse-backup-'));
  snapshot = join(folder, 'snapshot');
  directory = join(folder, 'backups');
  await part(PART, 'one');
  await write('instance', 'name');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(snapshot, path, '..'), { recursive: true });
  await writeFile(join(snapshot, path), text);
}

async function part(path: string, text: string): Promise<void> {
  await write(`${path}/data.bin`, text);
  await write(`${path}/checksums.txt`, `checksums of ${text}`);
}

const inode = async (path: string): Promise<number> => (await stat(path)).ino;

const restoring = (path = directory): Promise<unknown> =>
  restore(path, join(folder, 'restored'), { version: '0.1.0', schema: 3 });

it('links a part that the backup before has, and not another of the same name', async () => {
  const first = await writeBackup(snapshot, directory, ABOUT);
  await rm(join(snapshot, PART), { recursive: true });
  await part(PART, 'one');
  await part(OTHER, 'two');
  let bytesNew = 0;
  const onProgress = (progress: { bytesNew: number }): void => void (bytesNew = progress.bytesNew);
  const second = await writeBackup(snapshot, directory, ABOUT, { onProgress });
  expect(await inode(join(second, 'data', PART, 'data.bin'))).toBe(await inode(join(first, 'data', PART, 'data.bin')));
  expect(bytesNew).toBe('two'.length + 'checksums of two'.length + 'name'.length);

  await rm(join(snapshot, PART), { recursive: true });
  await part(PART, 'new');
  const third = await writeBackup(snapshot, directory, ABOUT);
  expect(await readFile(join(third, 'data', PART, 'data.bin'), 'utf8')).toBe('new');
  expect(await readFile(join(first, 'data', PART, 'data.bin'), 'utf8')).toBe('one');
  expect((await stat(directory)).mode & 0o777).toBe(0o700);
  expect((await stat(join(third, 'data/instance'))).mode & 0o777).toBe(0o600);
});

it('leaves nothing that a restore accepts when it is broken off, and the next one removes it', async () => {
  const broken = new AbortController();
  const onProgress = (): void => broken.abort(new Error('The service was stopped.'));
  const writing = writeBackup(snapshot, directory, ABOUT, { onProgress, signal: broken.signal });
  await expect(writing).rejects.toThrow('The service was stopped.');
  const [left = ''] = await readdir(directory);
  expect(left).toBe('2026-03-02T10-15-30Z.unfinished');
  await expect(restoring()).rejects.toThrow(`There is no finished backup at ${directory}.`);
  await expect(restoring(join(directory, left))).rejects.toThrow(
    `There is no finished backup at ${join(directory, left)}.`,
  );
  await writeBackup(snapshot, directory, ABOUT);
  expect(await readdir(directory)).toEqual(['2026-03-02T10-15-30Z']);
});

it.each<[string, (data: string) => Promise<unknown>, string]>([
  ['missing', (data) => rm(join(data, PART, 'data.bin')), `data/${PART}/data.bin is missing`],
  ['cut', (data) => truncate(join(data, PART, 'data.bin'), 1), `data/${PART}/data.bin has 1 bytes, not 3`],
  ['changed', (data) => writeFile(join(data, PART, 'data.bin'), 'One'), `data/${PART}/data.bin was changed`],
  ['no file', (data) => swapForFolder(join(data, 'instance')), 'data/instance is missing'],
])('a file that is %s is noticed, and the new folder is left empty', async (_, damage, what) => {
  const backup = await writeBackup(snapshot, directory, ABOUT);
  await damage(join(backup, 'data'));
  await expect(restoring()).rejects.toThrow(`${backup} is not whole: ${what}. Restore another backup.`);
  expect(await readdir(join(folder, 'restored')).catch(() => [])).toEqual([]);
});

async function swapForFolder(path: string): Promise<void> {
  await rename(path, `${path}.gone`);
  await mkdir(path);
}

it('refuses a manifest that is missing, damaged, newer, or leads out of the folder', async () => {
  const backup = await writeBackup(snapshot, directory, ABOUT);
  const manifest = join(backup, MANIFEST);
  const text = await readFile(manifest, 'utf8');
  await writeFile(manifest, text.replace(`"${PART}/data.bin"`, '"../../outside"'));
  await expect(restoring(backup)).rejects.toThrow(/manifest\.json is damaged, or of a version of Meterhouse/);
  await truncate(manifest, 100);
  await expect(restoring(backup)).rejects.toThrow(/manifest\.json is damaged, or of a version of Meterhouse/);
  await writeFile(
    manifest,
    text.replace('"schema": 3', '"schema": 4').replace('"version": "0.1.0"', '"version": "0.2.0"'),
  );
  await expect(restoring(backup)).rejects.toThrow(
    `${backup} was made by Meterhouse 0.2.0, whose tables are newer than those of this version (0.1.0); restore it with that version or a later one.`,
  );
  await rm(manifest);
  await expect(restoring(backup)).rejects.toThrow(/is not a whole backup: its manifest\.json cannot be read/);
});

it('refuses a folder that is not empty, and a place without backups', async () => {
  await writeBackup(snapshot, directory, ABOUT);
  await mkdir(join(folder, 'restored'));
  await writeFile(join(folder, 'restored', 'something'), '');
  await expect(restoring()).rejects.toThrow(
    `The folder ${join(folder, 'restored')} is not empty: name a new one with --to, or move what is in it away.`,
  );
  await expect(restoring(join(folder, 'nowhere'))).rejects.toThrow(/^There is no backup at .*nowhere: ENOENT/);
  await expect(restoring(snapshot)).rejects.toThrow(`There is no finished backup at ${snapshot}.`);
});
