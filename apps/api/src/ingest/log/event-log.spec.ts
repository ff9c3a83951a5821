import { appendFileSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventLog, LogFullError, LogWriteError } from './event-log';
import { FILE_HEADER } from './record';
import { FaultyDisk } from '../../storage/testing/faulty-disk';
import { aRecord, drain, one, useTemporaryFolder } from './testing/log-folder';

const LIMIT = { byteLimit: 1024 * 1024 };

describe('EventLog', () => {
  const folder = useTemporaryFolder();
  const filesOf = (suffix: string): string[] => readdirSync(folder.log).filter((file) => file.endsWith(suffix));
  const rowsOf = async (log: EventLog): Promise<(readonly string[])[]> =>
    (await drain(log)).map(({ records }) => records.flatMap(({ rows }) => rows));

  it('keeps records in order, over a restart, until their segment is removed', async () => {
    const first = await EventLog.open(folder.log, LIMIT);
    await Promise.all([first.append(aRecord(['[1]', '[2]'])), first.append(one('[3]'))]);
    await first.close();
    const second = await EventLog.open(folder.log, LIMIT);
    expect(second.rows).toBe(3);
    expect(second.bytes).toBe(statSync(join(folder.log, '0000000001.log')).size);
    await second.append(one('["ä"]'));
    const found = await drain(second);
    expect(found.map(({ records }) => records)).toEqual([[aRecord(['[1]', '[2]']), one('[3]')], [one('["ä"]')]]);
    expect([second.rows, second.bytes, await second.take(), filesOf('.log')]).toEqual([0, 0, null, []]);
    await second.close();
  });

  it('hands out the segment that is being written closed, and the same one until it is removed', async () => {
    const log = await EventLog.open(folder.log, LIMIT);
    expect(await log.take()).toBeNull();
    const appended = log.append(one('[1]'));
    const segment = await log.take();
    expect(segment?.number).toBe(await appended);
    expect(await log.append(one('[2]'))).toBe(2);
    expect(await log.take()).toBe(segment);
    expect(await log.append(one('[3]'))).toBe(2);
    expect(await segment?.records()).toEqual([one('[1]')]);
    await segment?.remove();
    await segment?.remove();
    expect((await log.take())?.number).toBe(2);
    await log.close();
  });

  it('starts a segment when the next record would pass its bytes or rows', async () => {
    const bytes = await EventLog.open(folder.log, { ...LIMIT, segmentBytes: 100 });
    const numbers = await Promise.all([70, 40, 1, 200, 1].map((length) => bytes.append(one('x'.repeat(length)))));
    expect(numbers).toEqual([1, 2, 2, 3, 4]);
    await drain(bytes);
    await bytes.close();
    const rows = await EventLog.open(folder.log, { ...LIMIT, segmentRows: 3 });
    const sizes = [2, 1, 1, 5, 1].map((length) => rows.append(aRecord(Array<string>(length).fill('[]'))));
    const first = (await sizes[0]) ?? 0;
    expect(await Promise.all(sizes)).toEqual([0, 0, 1, 2, 3].map((after) => first + after));
    await rows.close();
  });

  it('never uses a number twice, also when it was empty before a restart', async () => {
    const used: number[] = [];
    for (let start = 0; start < 3; start += 1) {
      const log = await EventLog.open(folder.log, LIMIT);
      used.push(await log.append(one('[]')), (await drain(log))[0]?.number ?? 0, await log.append(one('[]')));
      await drain(log);
      await log.close();
    }
    expect(used).toEqual([1, 1, 2, 1001, 1001, 1002, 2001, 2001, 2002]);
  });

  it('keeps a seal beside the segment, over a restart, until the segment is removed', async () => {
    const log = await EventLog.open(folder.log, LIMIT);
    await log.append(aRecord(['[1]', '[2]', '[3]']));
    const segment = await log.take();
    expect(await segment?.seal()).toBeNull();
    await segment?.writeSeal({ dropped: [1] });
    await segment?.writeSeal({ dropped: [0, 1] });
    await log.close();
    const again = await EventLog.open(folder.log, LIMIT);
    expect((await drain(again)).map(({ seal }) => seal)).toEqual([{ dropped: [0, 1] }]);
    expect(filesOf('.seal')).toEqual([]);
    await again.close();
  });

  it('makes the names of new segments and seals last', async () => {
    const disk = new FaultyDisk();
    const log = await EventLog.open(folder.log, LIMIT, disk);
    await log.append(one('[1]'));
    await drain(log);
    let before = disk.counts.syncFolder;
    await log.append(one('[2]'));
    expect(disk.counts.syncFolder).toBe(before + 1);
    const segment = await log.take();
    before = disk.counts.syncFolder;
    await segment?.writeSeal({ dropped: [] });
    expect(disk.counts.syncFolder).toBe(before + 1);
    await log.close();
  });

  it('removes what crashes leave: seals without a segment, unfinished files, segments without a record, and nothing else', async () => {
    await (await EventLog.open(folder.log, LIMIT)).close();
    const left = [
      '0000000003.seal',
      '0000000004.seal.tmp',
      '0000000004.8.corrupt.tmp',
      'reserve.tmp',
      '0000000005.log',
    ];
    for (const name of [...left, 'notes.tmp', '5.log']) {
      writeFileSync(join(folder.log, name), '');
    }
    const log = await EventLog.open(folder.log, LIMIT);
    expect(readdirSync(folder.log).sort()).toEqual(['5.log', 'notes.tmp', 'reserve']);
    expect(await log.take()).toBeNull();
    expect(await log.append(one('[]'))).toBe(6);
    await log.close();
  });

  it.each(['an earlier', 'the newest'])(
    'sets aside a damaged record of %s segment and delivers the others',
    async (which) => {
      const log = await EventLog.open(folder.log, LIMIT);
      for (const row of ['[1]', '[2]', '[3]']) await log.append(one(row));
      if (which === 'an earlier') {
        await log.take();
        await log.append(one('[4]'));
      }
      await log.close();
      const path = join(folder.log, '0000000001.log');
      const bytes = readFileSync(path);
      const second = FILE_HEADER.length + one('[1]').bytes;
      bytes.writeUInt8(bytes.readUInt8(second + 24) ^ 1, second + 24);
      writeFileSync(path, bytes);
      const again = await EventLog.open(folder.log, LIMIT);
      expect(await rowsOf(again)).toEqual([['[1]', '[3]'], ...(which === 'an earlier' ? [['[4]']] : [])]);
      const damaged = bytes.subarray(second, second + one('[2]').bytes);
      expect(readFileSync(join(folder.log, `0000000001.${second}.corrupt`))).toEqual(damaged);
      await again.close();
    },
  );

  it.each([
    ['a record that is all there', (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40), true],
    ['a record that is all there but for its length', (bytes: Buffer) => bytes.writeUInt32LE(9_999, 8), true],
    ['zeros', (bytes: Buffer) => bytes.fill(0, 8), false],
  ])('at the very end sets aside %s: %#', async (_, damage, isSetAside) => {
    const log = await EventLog.open(folder.log, LIMIT);
    await log.append(aRecord(['["a row"]', '["another"]']));
    await log.close();
    const path = join(folder.log, '0000000001.log');
    const bytes = readFileSync(path);
    damage(bytes);
    writeFileSync(path, bytes);
    const again = await EventLog.open(folder.log, LIMIT);
    expect(await again.take()).toBeNull();
    expect(filesOf('.corrupt')).toEqual(isSetAside ? ['0000000001.8.corrupt'] : []);
    await again.close();
  });

  it('seals a damaged segment again, for its seal is about rows that are missing', async () => {
    const log = await EventLog.open(folder.log, LIMIT);
    for (const row of ['[1]', '[2]']) await log.append(one(row));
    await (await log.take())?.writeSeal({ dropped: [1] });
    await log.close();
    const path = join(folder.log, '0000000001.log');
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(32) ^ 1, 32);
    writeFileSync(path, bytes);
    const again = await EventLog.open(folder.log, LIMIT);
    const segment = await again.take();
    expect([await segment?.records(), await segment?.seal()]).toEqual([[one('[2]')], null]);
    await again.close();
  });

  it('sets aside a damaged header, and does not touch one of another version', async () => {
    const log = await EventLog.open(folder.log, LIMIT);
    await log.append(one('[1]'));
    await log.close();
    const path = join(folder.log, '0000000001.log');
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([bytes.subarray(0, 7), Buffer.from([9]), bytes.subarray(8)]));
    await expect(EventLog.open(folder.log, LIMIT)).rejects.toThrow('0000000001.log has format 9');
    writeFileSync(path, Buffer.concat([Buffer.alloc(8), bytes.subarray(8)]));
    const again = await EventLog.open(folder.log, LIMIT);
    expect(await rowsOf(again)).toEqual([['[1]']]);
    expect(readFileSync(join(folder.log, '0000000001.0.corrupt'))).toEqual(Buffer.alloc(8));
    await again.close();
  });

  it('ends a sealed segment where its seal says, and seals again when the seal is damaged', async () => {
    const log = await EventLog.open(folder.log, LIMIT);
    await log.append(one('[1]'));
    await (await log.take())?.writeSeal({ dropped: [] });
    await log.close();
    const path = join(folder.log, '0000000001.log');
    const sealed = readFileSync(path);
    // The whole record of a failed write that could not be cut.
    appendFileSync(path, sealed.subarray(8));
    const again = await EventLog.open(folder.log, LIMIT);
    expect(await (await again.take())?.records()).toEqual([one('[1]')]);
    await again.close();
    expect(readFileSync(path)).toEqual(sealed);
    appendFileSync(join(folder.log, '0000000001.seal'), 'x');
    const damaged = await EventLog.open(folder.log, LIMIT);
    expect(await (await damaged.take())?.seal()).toBeNull();
    expect(filesOf('.seal.corrupt')).toHaveLength(1);
    await damaged.close();
  });

  it('says so when a file was damaged while it waited', async () => {
    const log = await EventLog.open(folder.log, LIMIT);
    await log.append(one('[1]'));
    const segment = await log.take();
    writeFileSync(join(folder.log, '0000000001.log'), '');
    await expect(segment?.records()).rejects.toThrow('damaged after it was written');
    await log.close();
  });

  it('refuses a record past its byte limit, before it writes any of it, and takes more when some are delivered', async () => {
    const log = await EventLog.open(folder.log, { byteLimit: 1_000 });
    const row = 'x'.repeat(300);
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => log.append(one(row))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    await expect(log.append(one(row))).rejects.toThrow(LogFullError);
    expect(statSync(join(folder.log, '0000000001.log')).size).toBe(log.bytes);
    expect(log.failing).toBe(false);
    await drain(log);
    await expect(log.append(one(row))).resolves.toBe(2);
    await log.close();
  });

  it('bounds what waits for the disk', async () => {
    const log = await EventLog.open(folder.log, { byteLimit: 1024 ** 3 });
    const row = 'x'.repeat(1024 * 1024);
    const results = await Promise.allSettled(Array.from({ length: 70 }, () => log.append(one(row))));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(63);
    await log.append(one(row));
    expect(log.rows).toBe(64);
    await log.close();
  });

  it('shares a sync among the appends that wait for it', async () => {
    const disk = new FaultyDisk();
    const log = await EventLog.open(folder.log, LIMIT, disk);
    let appended = 0;
    const caller = async (): Promise<void> => {
      for (let count = 0; count < 20; count += 1) await log.append(one(`[${(appended += 1)}]`));
    };
    await Promise.all(Array.from({ length: 64 }, caller));
    expect(log.rows).toBe(1280);
    expect(disk.counts.write).toBe(disk.counts.sync);
    // Ten times fewer at least: a caller is at most a few groups late.
    expect(disk.counts.sync).toBeLessThan(128);
    expect((await rowsOf(log)).flat()).toEqual(Array.from({ length: 1280 }, (_, index) => `[${index + 1}]`));
    await log.close();
  });

  it('writes what waits when it is closed, and takes nothing after', async () => {
    const log = await EventLog.open(folder.log, LIMIT);
    const appended = [log.append(one('[1]')), log.append(one('[2]'))];
    await log.close();
    expect(await Promise.all(appended)).toEqual([1, 1]);
    await expect(log.append(one('[3]'))).rejects.toThrow(LogWriteError);
  });
});
