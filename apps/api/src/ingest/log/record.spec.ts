import fc from 'fast-check';
import { FILE_HEADER, LogRecord, decodeRecords, headerOf, scanRecords } from './record';

const row = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ''));
const rows = fc.array(row, { minLength: 1, maxLength: 5 });
const record = fc.tuple(rows, fc.boolean()).map(([lines, hasIds]) => LogRecord.of(lines, hasIds));

const toFile = (records: LogRecord[]): Buffer =>
  Buffer.concat([FILE_HEADER, ...records.flatMap((one) => [headerOf(one), one.text])]);

describe('records of the log', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 10 }), (records) => {
        const file = toFile(records);
        const count = records.flatMap((one) => one.rows).length;
        expect(scanRecords(file)).toEqual({ count: records.length, rows: count, length: file.length });
        expect(decodeRecords(file)).toEqual(records);
      }),
    );
  });

  it('are read up to the first that a changed byte or an early end spoils', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (records, at, bits) => {
          const file = toFile(records);
          const position = FILE_HEADER.length + (at % (file.length - FILE_HEADER.length));
          const changed = Buffer.from(file);
          changed[position] = (changed[position] ?? 0) ^ bits;
          const whole = scanRecords(file.subarray(0, position));
          expect(whole.length).toBeLessThanOrEqual(position);
          expect(scanRecords(changed)).toEqual(whole);
          expect(decodeRecords(file.subarray(0, whole.length))).toEqual(records.slice(0, whole.count));
        },
      ),
    );
  });

  it('end where zeros begin, which a power cut leaves', () => {
    const file = toFile([LogRecord.of(['[1]'], true)]);
    expect(scanRecords(Buffer.concat([file, Buffer.alloc(4096)])).length).toBe(file.length);
  });

  it('are none in a file without the header, and not readable in one of another version', () => {
    const file = toFile([LogRecord.of(['[1]'], true)]);
    expect(scanRecords(file.subarray(1))).toEqual({ count: 0, rows: 0, length: 0 });
    expect(scanRecords(file.subarray(0, 5))).toEqual({ count: 0, rows: 0, length: 0 });
    file[FILE_HEADER.length - 1] = 2;
    expect(() => scanRecords(file)).toThrow('format 2');
  });

  it('hand out their rows', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (lines, hasIds) => {
        const one = LogRecord.of(lines, hasIds);
        expect([one.rows, one.count, one.hasIds]).toEqual([lines, lines.length, hasIds]);
      }),
    );
  });
});
