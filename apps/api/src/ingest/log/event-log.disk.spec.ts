/** What the log does when the disk fails: by injected errors, and on a small file system that is really full. */
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { EventLog, LogWriteError } from './event-log';
import { FaultyDisk, type Step } from '../../storage/testing/faulty-disk';
import { TemporaryFolder, drain, one, useTemporaryFolder } from './testing/log-folder';

const LIMIT = { byteLimit: 64 * 1024 * 1024 };
const full = (): Error => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

const folder = useTemporaryFolder();

const rowsOf = async (log: EventLog): Promise<string[]> =>
  (await drain(log)).flatMap(({ records }) => records.flatMap(({ rows }) => rows));

describe('EventLog on a disk whose steps fail', () => {
  it.each<[string, Step[], number]>([
    ['a write', ['write'], 1],
    ['a write and the cut after it', ['write', 'truncate'], 2],
    ['an fdatasync', ['sync'], 2],
    ['an fdatasync and the cut after it', ['sync', 'truncate'], 2],
  ])('refuses what %s fails for, keeps the rest, and goes on', async (_, failing, nextSegment) => {
    const disk = new FaultyDisk();
    const log = await EventLog.open(folder.log, LIMIT, disk);
    await log.append(one('[1]'));
    disk.fault = (step) => (failing.includes(step) ? full() : undefined);
    const refused = await Promise.allSettled([log.append(one('[2]')), log.append(one('[3]'))]);
    expect(refused.map((result) => result.status === 'rejected' && (result.reason as unknown))).toEqual([
      expect.any(LogWriteError),
      expect.any(LogWriteError),
    ]);
    expect([log.failing, log.rows]).toEqual([true, 1]);
    disk.fault = () => undefined;
    expect(await log.append(one('[4]'))).toBe(nextSegment);
    expect([log.failing, log.rows]).toEqual([false, 2]);
    const size = (file: string): number => statSync(join(folder.log, file)).size;
    const files = readdirSync(folder.log).filter((file) => file.endsWith('.log'));
    expect(files.map(size).reduce((sum, bytes) => sum + bytes)).toBe(log.bytes);
    await log.close();
    const again = await EventLog.open(folder.log, LIMIT);
    expect(await rowsOf(again)).toEqual(['[1]', '[4]']);
    await again.close();
  });

  it('says when it cannot be written and when it can again, also without an append', async () => {
    const disk = new FaultyDisk();
    const log = await EventLog.open(folder.log, LIMIT, disk);
    const said: boolean[] = [];
    log.onWritable = (can) => said.push(can);
    disk.fault = (step) => (step === 'write' || step === 'replace' ? full() : undefined);
    for (const row of ['[1]', '[2]']) await expect(log.append(one(row))).rejects.toThrow(LogWriteError);
    await log.probe();
    expect(said).toEqual([false]);
    disk.fault = () => undefined;
    await log.probe();
    expect([said, log.failing]).toEqual([[false, true], false]);
    expect(readdirSync(folder.log)).not.toContain('probe');
    await log.close();
  });

  it.each<Step>(['create', 'write', 'sync', 'replace'])('starts anew when the first %s fails', async (failing) => {
    const disk = new FaultyDisk();
    const log = await EventLog.open(folder.log, LIMIT, disk);
    disk.fault = (step) => (step === failing ? full() : undefined);
    await expect(log.append(one('[1]'))).rejects.toThrow('cannot be written: ENOSPC');
    expect([log.rows, log.bytes, await log.take()]).toEqual([0, 0, null]);
    disk.fault = () => undefined;
    await log.append(one('[2]'));
    expect(await rowsOf(log)).toEqual(['[2]']);
    await log.close();
  });

  it('cuts what was refused at once, so that a crash does not bring it back', async () => {
    const disk = new FaultyDisk();
    const log = await EventLog.open(folder.log, LIMIT, disk);
    await log.append(one('[1]'));
    disk.fault = (step) => (step === 'sync' ? full() : undefined);
    await expect(log.append(one('[2]'))).rejects.toThrow(LogWriteError);
    const next = await EventLog.open(folder.log, LIMIT);
    expect(await rowsOf(next)).toEqual(['[1]']);
    await next.close();
    await log.close();
  });

  it('does not hand out what it could not cut, even whole', async () => {
    const disk = new FaultyDisk();
    const log = await EventLog.open(folder.log, LIMIT, disk);
    await log.append(one('[1]'));
    disk.fault = (step) => (step === 'sync' || step === 'truncate' ? full() : undefined);
    await expect(log.append(one('[2]'))).rejects.toThrow(LogWriteError);
    const segment = await log.take();
    expect(await segment?.records()).toEqual([one('[1]')]);
    disk.fault = () => undefined;
    await segment?.writeSeal({ dropped: [] });
    await log.close();
    const again = await EventLog.open(folder.log, LIMIT);
    expect(await rowsOf(again)).toEqual(['[1]']);
    await again.close();
  });

  it('keeps a segment, and its seal, that cannot be removed', async () => {
    const disk = new FaultyDisk();
    const log = await EventLog.open(folder.log, LIMIT, disk);
    await log.append(one('[1]'));
    const segment = await log.take();
    await segment?.writeSeal({ dropped: [0] });
    disk.fault = (step) => (step === 'remove' ? new Error('EROFS') : undefined);
    await expect(segment?.remove()).rejects.toThrow('EROFS');
    expect(await log.take()).toBe(segment);
    disk.fault = () => undefined;
    expect(await drain(log)).toEqual([{ number: 1, records: [one('[1]')], seal: { dropped: [0] } }]);
    await log.close();
  });

  it('keeps exactly what it acknowledged, whatever fails', async () => {
    const step = fc.constantFrom<Step>('create', 'write', 'sync', 'truncate', 'syncFolder', 'replace');
    const round = fc.record({
      failing: fc.array(step, { maxLength: 3 }),
      torn: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 8 }), async (rounds) => {
        const own = new TemporaryFolder();
        const disk = new FaultyDisk();
        const log = await EventLog.open(own.log, { ...LIMIT, segmentRows: 4 }, disk);
        const kept: string[] = [];
        for (const [index, { failing, torn }] of rounds.entries()) {
          disk.fault = (name) => (failing.includes(name) ? full() : undefined);
          disk.torn = torn;
          const rows = [0, 1, 2].map((part) => `[${index},${part}]`);
          const results = await Promise.allSettled(rows.map((row) => log.append(one(row))));
          kept.push(...rows.filter((_, part) => results[part]?.status === 'fulfilled'));
        }
        disk.fault = () => undefined;
        kept.push('[]');
        await log.append(one('[]'));
        await log.close();
        const again = await EventLog.open(own.log, LIMIT);
        expect(await rowsOf(again)).toEqual(kept);
        await again.close();
        own.remove();
      }),
      { numRuns: 60 },
    );
  });
});

/** Runs `body` with a file system of 3 MiB, which it unmounts. @throws when none can be mounted here */
async function onSmallDisk(body: (path: string) => Promise<void>): Promise<void> {
  const place = new TemporaryFolder();
  try {
    mount(place.path);
    await body(place.path).finally(() => unmount(place.path));
  } finally {
    place.remove();
  }
}

function mount(path: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', path], { stdio: 'pipe' });
}

/** Also while a failed test has files open. */
function unmount(path: string): void {
  execFileSync('umount', ['-l', path]);
}

describe('EventLog on a full file system', () => {
  /** Only Linux's root user may mount, and not in every container. */
  const mayMount = ((): boolean => {
    const place = new TemporaryFolder();
    try {
      mount(place.path);
      unmount(place.path);
      return true;
    } catch {
      return false;
    } finally {
      place.remove();
    }
  })();

  (mayMount ? it : it.skip)('refuses, still seals and delivers, and goes on when there is space', async () => {
    await onSmallDisk(async (small) => {
      const log = await EventLog.open(join(small, 'log'), { ...LIMIT, segmentBytes: 256 * 1024 });
      const kept: string[] = [];
      const fill = async (length: number): Promise<unknown> => {
        for (let count = 0; ; count += 1) {
          const row = `${kept.length},${'x'.repeat(length)}`;
          const error = await log.append(one(row)).then(
            () => undefined,
            (failure: unknown) => failure,
          );
          if (error !== undefined) return error;
          kept.push(row);
        }
      };
      for (const length of [50_000, 1_000, 1]) {
        const error = await fill(length);
        expect(error).toBeInstanceOf(LogWriteError);
        expect(error).toMatchObject({ cause: { code: 'ENOSPC' } });
        expect(log.failing).toBe(true);
      }
      expect(() => writeFileSync(join(small, 'other'), 'x'.repeat(10))).toThrow('ENOSPC');
      const segment = await log.take();
      const delivered = (await segment?.records())?.flatMap(({ rows }) => rows) ?? [];
      await segment?.writeSeal({ dropped: Array.from({ length: 10_000 }, (_, position) => position) });
      await segment?.remove();
      await log.append(one('[]'));
      expect(log.failing).toBe(false);
      await log.close();
      rmSync(join(small, 'other'));
      const again = await EventLog.open(join(small, 'log'), LIMIT);
      expect([...delivered, ...(await rowsOf(again))]).toEqual([...kept, '[]']);
      await again.close();
    });
  });
});
