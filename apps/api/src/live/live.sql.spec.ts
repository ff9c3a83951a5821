/** Snapshots of the statement, so that a reviewer reads the SQL that runs. */
import { secondsQuery } from './live.sql';

describe('the statement of GET /usage/live', () => {
  it('is this for one key of an account', () => {
    const { sql, parameters } = secondsQuery({ scope: 'acme', keyIds: ['key_1'] }, 60, 120);
    expect(sql).toMatchSnapshot();
    expect(parameters).toEqual({ account: 'acme', keys: ['key_1'], from: 60, to: 120 });
  });

  it('is this for all accounts', () => {
    const { sql, parameters } = secondsQuery({ scope: null, keyIds: [] }, 60, 120);
    expect(sql).toMatchSnapshot();
    expect(parameters).toEqual({ from: 60, to: 120 });
  });

  it('holds no text that a client sent', () => {
    const { sql } = secondsQuery({ scope: "x'; DROP TABLE events --", keyIds: ['{from:UInt32}'] }, 60, 120);
    expect(sql).toBe(secondsQuery({ scope: 'acme', keyIds: ['key_1'] }, 60, 120).sql);
  });
});
