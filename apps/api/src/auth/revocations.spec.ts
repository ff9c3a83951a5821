import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { FaultyDisk } from '../storage/testing/faulty-disk';
import { Revocations } from './revocations';

let folder: string;

beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'revocations-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function opened(disk = new FaultyDisk(), path = folder): Promise<Revocations> {
  const revocations = new Revocations(path, disk);
  await revocations.open();
  return revocations;
}

const noSpace = (): Error => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

describe('Revocations', () => {
  it('hold over a restart, until they are stored', async () => {
    const before = await opened();
    before.add('one', 1);
    before.add('two', 2);
    expect(await Promise.all([before.save('one'), before.save('two')])).toEqual([true, true]);
    const after = await opened();
    expect(after.keyIds).toEqual(['one', 'two']);
    expect(after.revokedAt('two')).toBe(2);
    await after.stored(['one']);
    expect((await opened()).keyIds).toEqual(['two']);
    await after.stored(['two']);
    expect((await opened()).keyIds).toEqual([]);
  });

  it('are written to a full disk, into room that is held for them', async () => {
    const disk = new FaultyDisk();
    const revocations = await opened(disk);
    disk.fault = (step) => (step === 'write' && existsSync(join(folder, 'reserve')) ? noSpace() : undefined);
    revocations.add('one', 1);
    expect(await revocations.save('one')).toBe(true);
    expect((await opened()).keyIds).toEqual(['one']);
  });

  it('say when the disk takes nothing, hold all the same, and are written by the next try', async () => {
    const disk = new FaultyDisk();
    const revocations = await opened(disk);
    disk.fault = (step) => (step === 'write' ? noSpace() : undefined);
    revocations.add('one', 1);
    expect(await revocations.save('one')).toBe(false);
    expect(revocations.revokedAt('one')).toBe(1);
    disk.fault = () => undefined;
    expect(await revocations.save('one')).toBe(true);
    expect((await opened()).keyIds).toEqual(['one']);
  });

  it('are read but for the one that a crash cut or a changed byte spoils', async () => {
    const written = await opened();
    const ids = ['one', 'two', 'three'];
    for (const [at, id] of ids.entries()) {
      written.add(id, at);
      await written.save(id);
    }
    const bytes = readFileSync(join(folder, 'waiting'));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), async (position, bits) => {
        const changed = Buffer.from(bytes);
        changed[position] = (changed[position] ?? 0) ^ bits;
        const cut = bytes.subarray(0, position);
        writeFileSync(join(folder, 'waiting'), bits === 0 ? cut : changed);
        const read = (await opened()).keyIds;
        const whole = cut.toString().split('}').length - 1;
        expect(read).toEqual(bits === 0 ? ids.slice(0, whole) : ids.filter((id) => read.includes(id)));
        if (bits !== 0) expect(read.length).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});
