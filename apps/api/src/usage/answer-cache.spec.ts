import { Row } from '@meterhouse/clickhouse';
import { AnswerCache } from './answer-cache';

const query = { sql: 'SELECT {p0:UInt8}', parameters: { p0: 1 } };
const rows = [new Row({ one: 1 })];

describe('AnswerCache', () => {
  it('answers the same statement with the same values while nothing was written', () => {
    const cache = new AnswerCache<Row>();
    expect(cache.get(query, 7)).toBeUndefined();
    cache.keep(query, 7, rows);
    expect(cache.get({ ...query, parameters: { p0: 1 } }, 7)).toBe(rows);
    expect(cache.get({ ...query, parameters: { p0: 2 } }, 7)).toBeUndefined();
    expect(cache.get({ ...query, sql: 'SELECT 1' }, 7)).toBeUndefined();
  });

  it('forgets everything with the first answer after a write, and answers nothing from before', () => {
    const cache = new AnswerCache<Row>();
    cache.keep(query, 7, rows);
    expect(cache.get(query, 8)).toBeUndefined();
    cache.keep({ ...query, sql: 'SELECT 2' }, 8, rows);
    expect(cache.get(query, 8)).toBeUndefined();
    expect(cache.get(query, 7)).toBeUndefined();
  });

  it('keeps nothing of a server, where others write too', () => {
    const cache = new AnswerCache<Row>();
    cache.keep(query, null, rows);
    expect(cache.get(query, null)).toBeUndefined();
  });

  it('never holds more than 100,000 rows', () => {
    const cache = new AnswerCache<Row>();
    const many = Array<Row>(60_000).fill(new Row({}));
    cache.keep(query, 7, many);
    cache.keep({ ...query, sql: 'SELECT 2' }, 7, many);
    expect(cache.get(query, 7)).toBeUndefined();
    expect(cache.get({ ...query, sql: 'SELECT 2' }, 7)).toBe(many);
    cache.keep({ ...query, sql: 'SELECT 3' }, 7, Array<Row>(100_001).fill(new Row({})));
    expect(cache.get({ ...query, sql: 'SELECT 3' }, 7)).toBeUndefined();
  });
});
