/** On a real folder; what the engine writes is the test's. */
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { until } from '../../../test/support/until';
import { ExportFiles } from './export-files';

let folder: string;
let files: ExportFiles;
let stopped: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meterhouse-exports-'));
  files = new ExportFiles(folder, { file: 1_000, all: 1_500 });
  stopped = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const stop = (): Promise<void> => Promise.resolve();

const write = (bytes: number) => (path: string) => appendFile(path, Buffer.alloc(bytes));

it('gives a file that was written, takes its bytes until it is closed, and leaves none behind', async () => {
  const stream = await files.written('x', write(1_000), stop);
  expect([files.bytes, await readdir(folder)]).toEqual([1_000, []]);
  expect(await buffer(stream)).toHaveLength(1_000);
  await until(() => Promise.resolve(files.bytes === 0));
});

it('refuses a file that is too large for itself, and one that is too large beside others', async () => {
  await expect(files.written('x', write(1_001), stop)).rejects.toMatchObject({ limit: 'result' });
  const unread = await files.written('x', write(1_000), stop);
  await expect(files.written('x', write(501), stop)).rejects.toThrow(/as much of the disk as they may/);
  (await files.written('x', write(500), stop)).destroy();
  unread.destroy();
  await until(() => Promise.resolve(files.bytes === 0));
  expect(await readdir(folder)).toEqual([]);
});

it('ends what goes on writing', async () => {
  let isEnded = false;
  const endless = async (path: string): Promise<void> => {
    while (!isEnded) await appendFile(path, Buffer.alloc(1_001)).then(() => new Promise(setImmediate));
    throw new Error('killed');
  };
  const end = async (): Promise<void> => {
    stopped += 1;
    isEnded = true;
  };
  await expect(files.written('x', endless, end)).rejects.toMatchObject({ limit: 'result' });
  expect([stopped, files.bytes, await readdir(folder)]).toEqual([1, 0, []]);
});

it('takes nothing for a file that could not be written', async () => {
  await expect(files.written('x', () => Promise.reject(new Error('no room')), stop)).rejects.toThrow('no room');
  expect(files.bytes).toBe(0);
});
