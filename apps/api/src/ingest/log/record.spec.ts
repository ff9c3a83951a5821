import fc from 'fast-check';
import { hashOf } from '../ids/id-hash';
import { IdList } from '../ids/id-list';
import { FILE_HEADER, LogRecord, decodeRecords, encodeRecord, findRecords, scanRecords } from './record';
import { aRecord } from './testing/log-folder';

const row = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ''));
const rows = fc.array(row, { minLength: 1, maxLength: 5 });
const time = fc.oneof(fc.nat(), fc.constant(Infinity));
const record = fc.tuple(rows, fc.boolean(), time).map(([lines, hasIds, oldest]) => {
  const ids = hasIds ? IdList.of(lines.map((line) => hashOf('account', line))) : IdList.EMPTY;
  return new LogRecord(Buffer.from(lines.join('\n')), lines.length, ids, oldest);
});

const toFile = (records: LogRecord[]): Buffer => Buffer.concat([FILE_HEADER, ...records.flatMap(encodeRecord)]);

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

  it('are found around stretches that are damaged, whatever these are', () => {
    const rubbish = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.array(fc.oneof(record, rubbish), { maxLength: 8 }), (parts) => {
        const pieces = parts.map((part) => (part instanceof LogRecord ? Buffer.concat(encodeRecord(part)) : part));
        const file = Buffer.concat([FILE_HEADER, ...pieces]);
        const found = findRecords(file);
        const whole = Buffer.concat([FILE_HEADER, ...found.records.map(({ start, end }) => file.subarray(start, end))]);
        const records = parts.filter((part) => part instanceof LogRecord);
        expect(decodeRecords(whole)).toEqual(records);
        expect(found.rows).toBe(records.reduce((sum, { count }) => sum + count, 0));
        const rest = found.damaged.map(({ start, end }) => file.subarray(start, end));
        expect(Buffer.concat(rest)).toEqual(
          Buffer.concat(parts.flatMap((part) => (part instanceof LogRecord ? [] : [part]))),
        );
      }),
    );
  });

  it('end where zeros begin, which a power cut leaves', () => {
    const file = toFile([aRecord(['[1]'])]);
    expect(scanRecords(Buffer.concat([file, Buffer.alloc(4096)])).length).toBe(file.length);
  });

  it('are none in a file without the header, and not readable in one of another version', () => {
    const file = toFile([aRecord(['[1]'])]);
    expect(scanRecords(file.subarray(1))).toEqual({ count: 0, rows: 0, length: 0 });
    expect(scanRecords(file.subarray(0, 5))).toEqual({ count: 0, rows: 0, length: 0 });
    file[FILE_HEADER.length - 1] = 1;
    expect(() => scanRecords(file)).toThrow('format 1');
  });

  it('hand out their rows, and know their size', () => {
    fc.assert(
      fc.property(rows, (lines) => {
        const one = aRecord(lines);
        expect([one.rows, one.count]).toEqual([lines, lines.length]);
        expect(one.bytes).toBe(toFile([one]).length - FILE_HEADER.length);
      }),
    );
  });
});
