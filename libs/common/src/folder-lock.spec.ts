import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderLock } from './folder-lock';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'meterhouse-lock-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A process that listens on a socket in the folder, as an owner does. */
async function otherOwner(): Promise<{ signal(name: NodeJS.Signals): void; ended: Promise<unknown> }> {
  const listen = `require('node:net').createServer().listen(${JSON.stringify(join(folder, 'other'))}, () => console.log('listening'))`;
  const child = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return { signal: (name) => void child.kill(name), ended: once(child, 'exit') };
}

it('is one process’s until it gives it back, and leaves nothing behind', async () => {
  const lock = await FolderLock.take(folder);
  expect(await FolderLock.take(folder)).toBeUndefined();
  await lock?.release();
  expect(await readdir(folder)).toEqual([]);
  const next = await FolderLock.take(folder);
  expect(next).toBeDefined();
  await next?.release();
});

it('goes to one of several that want it at once', async () => {
  const locks = await Promise.all(Array.from({ length: 5 }, () => FolderLock.take(folder)));
  expect(locks.filter((lock) => lock !== undefined)).toHaveLength(1);
  for (const lock of locks) await lock?.release();
});

it('outlives a stop of its process, and ends with its kill', async () => {
  const other = await otherOwner();
  other.signal('SIGSTOP');
  expect(await FolderLock.take(folder)).toBeUndefined();
  other.signal('SIGKILL');
  await other.ended;
  expect(await readdir(folder)).toEqual(['other']);
  const lock = await FolderLock.take(folder);
  expect(await readdir(folder)).toHaveLength(1);
  await lock?.release();
});

it('takes no file for an owner, and a folder with a long name', async () => {
  const long = join(folder, 'a'.repeat(100), 'b'.repeat(100));
  await mkdir(long, { recursive: true });
  await writeFile(join(long, '1'), '1');
  const lock = await FolderLock.take(long);
  expect(lock).toBeDefined();
  await lock?.release();
});
