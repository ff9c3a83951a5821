import fc from 'fast-check';
import { FILE_HEADER, type LogRecord, decodeRecords, encodeRecord, scanRecords } from './record';

const record = fc.record({
  rows: fc.array(
    fc.string({ unit: 'grapheme' }).map((row) => row.replaceAll('\n', '')),
    { minLength: 1, maxLength: 5 },
  ),
  hasIds: fc.boolean(),
});

const toFile = (records: LogRecord[]): Buffer => Buffer.concat([FILE_HEADER, ...records.map(encodeRecord)]);

describe('records of the log', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 10 }), (records) => {
        const file = toFile(records);
        const rows = records.flatMap((one) => one.rows).length;
        expect(scanRecords(file)).toEqual({ count: records.length, rows, length: file.length });
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
    const file = toFile([{ rows: ['[1]'], hasIds: true }]);
    expect(scanRecords(Buffer.concat([file, Buffer.alloc(4096)])).length).toBe(file.length);
  });

  it('are none in a file without the header, and not readable in one of another version', () => {
    const file = toFile([{ rows: ['[1]'], hasIds: true }]);
    expect(scanRecords(file.subarray(1))).toEqual({ count: 0, rows: 0, length: 0 });
    expect(scanRecords(file.subarray(0, 5))).toEqual({ count: 0, rows: 0, length: 0 });
    file[FILE_HEADER.length - 1] = 2;
    expect(() => scanRecords(file)).toThrow('format 2');
  });

  it('hold rows that are lines', () => {
    expect(() => encodeRecord({ rows: [], hasIds: false })).toThrow(TypeError);
    expect(() => encodeRecord({ rows: ['[1]\n[2]'], hasIds: false })).toThrow(TypeError);
  });
});
