import { isRowError } from './row-errors';

describe('isRowError', () => {
  const coded = (code: string) => Object.assign(new Error('Code'), { code });

  it.each(['26', '27', '41', '72', '467', '469', '691'])('%s is of a row', (code) => {
    expect(isRowError(coded(code))).toBe(true);
  });

  it.each(['60', '76', '159', '164', '173', '201', '202', '241', '252', '497', '516', '8191', 'ECONNRESET', 'EMFILE'])(
    '%s is of the storage',
    (code) => {
      expect(isRowError(coded(code))).toBe(false);
    },
  );

  it.each([new Error('Cannot create pipe: Too many open files'), new TypeError('x is undefined'), undefined, 'words'])(
    '%p, which has no number, is not of a row',
    (error) => {
      expect(isRowError(error)).toBe(false);
    },
  );
});
