import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartError, prepareProcess, startWarnings } from './start-checks';

describe('open files', () => {
  let umask: number;
  beforeEach(() => void (umask = process.umask()));
  afterEach(() => void process.umask(umask));

  it('are refused when they are too few, with what to do', () => {
    const start = (): void => prepareProcess(1_023);
    expect(start).toThrow(StartError);
    expect(start).toThrow('This process may open 1023 files and needs at least 1024; raise `ulimit -n`.');
  });

  it.each([1_024, undefined])('are enough: %p', (openFiles) => {
    prepareProcess(openFiles);
    expect(process.umask()).toBe(0o077);
  });
});

describe('warnings', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'meterhouse-start-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ['20.20.2', true],
    ['23.11.0', true],
    ['22.12.0', false],
    ['24.3.0', false],
  ])('about Node %s: %p', async (version, warned) => {
    const expected = `Node ${version} gets no security fixes any more, or soon will not; Meterhouse supports Node 22 and 24.`;
    expect(await startWarnings(folder, version)).toEqual(warned ? [expected] : []);
  });

  it('about a data folder that others may read', async () => {
    await chmod(folder, 0o755);
    expect(await startWarnings(folder, '24.3.0')).toEqual([
      `Other users of this machine may look into DATA_DIR ${folder} (mode 755); see \`chmod -R go= ${folder}\`.`,
    ]);
  });
});
