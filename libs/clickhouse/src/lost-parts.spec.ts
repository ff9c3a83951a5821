import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetLostParts } from './lost-parts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lost-parts-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A table with these parts and logs; answers the texts of the logs after the mending. */
async function mend(parts: string[], logs: Record<string, string>): Promise<Record<string, string>> {
  const table = join(folder, 'store', 'abc', 'abc-table');
  await mkdir(join(table, 'deduplication_logs'), { recursive: true });
  for (const part of parts) await mkdir(join(table, part));
  for (const [name, text] of Object.entries(logs)) await writeFile(join(table, 'deduplication_logs', name), text);
  await forgetLostParts(folder);
  const texts = Object.keys(logs).map(async (name) => {
    return [name, await readFile(join(table, 'deduplication_logs', name), 'utf8')] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

const log = (...parts: string[]): string => parts.map((part) => `1\t${part}\t${part.split('_')[0]}_1_2\n`).join('');

it.each([
  ['is not there', ['2026_1_1_0', 'tmp_insert_2026_2_2_0', 'detached'], true],
  ['is there', ['2026_1_1_0', '2026_2_2_0'], false],
  ['was merged', ['2026_1_2_1'], false],
  ['was merged and changed', ['2026_1_4_2_7'], false],
  ['has its number in another partition alone', ['2026_1_1_0', '2025_1_4_1'], true],
  ['comes after what was merged', ['2026_1_1_3'], true],
])('a line whose part %s', async (_, parts, goes) => {
  const name = 'deduplication_log_1.txt';
  const whole = log('2026_1_1_0', '2026_2_2_0');
  expect((await mend(parts, { [name]: whole }))[name]).toBe(goes ? log('2026_1_1_0') : whole);
});

it('looks at the last line of the newest log that has one', async () => {
  const logs = {
    'deduplication_log_9.txt': log('2026_1_1_0'),
    'deduplication_log_10.txt': log('2026_2_2_0', '2026_3_3_0'),
    'deduplication_log_11.txt': '',
  };
  expect(await mend(['2026_9_9_0'], logs)).toEqual({ ...logs, 'deduplication_log_10.txt': log('2026_2_2_0') });
});

it('leaves alone what it does not understand, and a folder without tables', async () => {
  expect(await forgetLostParts(folder)).toBe(0);
  for (const text of ['2\t2026_1_1_0\t2026_1_2\n', '1\tstrange\t2026_1_2\n', '1\t2026_1_1_0\t2026_1', 'x\n']) {
    expect(await mend([], { 'deduplication_log_1.txt': text })).toEqual({ 'deduplication_log_1.txt': text });
    await rm(join(folder, 'store'), { recursive: true });
  }
});
