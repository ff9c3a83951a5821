import fc from 'fast-check';
import { MAX_TRIALS, NotTheRowsError, findPoison } from './poison';

/** ClickHouse that refuses rows which say that they are bad, and counts how often it is asked. */
class Engine {
  trials = 0;
  readonly refuses = (rows: readonly string[]): Promise<string | null> => {
    this.trials += 1;
    return Promise.resolve(rows.some((row) => row.startsWith('bad')) ? 'bad row' : null);
  };
}

const rowsOf = (bad: readonly boolean[]): string[] => bad.map((isBad, at) => `${isBad ? 'bad' : 'good'} ${at}`);
const places = (rows: readonly unknown[]): number[] => [...rows.keys()];

describe('findPoison', () => {
  it('finds each bad row among good ones, with few trials', async () => {
    const drawn = fc.array(fc.boolean(), { minLength: 1, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(drawn, fc.nat(300), async (bad, good) => {
        const rows = rowsOf([...bad, ...Array<boolean>(good).fill(false)]);
        const engine = new Engine();
        const found = await findPoison(rows, places(rows), engine.refuses);
        expect(found.map(({ position }) => position)).toEqual(places(bad).filter((at) => bad[at]));
        for (const { position, letter } of found) expect(letter).toEqual({ row: rows[position], reason: 'bad row' });
        expect(engine.trials).toBeLessThan(20 + 2 * (found.length + 1) * (2 + Math.log2(rows.length)));
      }),
    );
  });

  it('looks at the given positions alone', async () => {
    const rows = rowsOf([true, true, false, true]);
    const found = await findPoison(rows, [1, 2], new Engine().refuses);
    expect(found.map(({ position }) => position)).toEqual([1]);
  });

  it('finds none when a good row is refused too, after one trial', async () => {
    const rows = rowsOf([true, true]);
    const trial = jest.fn(() => Promise.resolve('Bad column'));
    await expect(findPoison(rows, places(rows), trial)).rejects.toThrow(NotTheRowsError);
    expect(trial).toHaveBeenCalledTimes(1);
  });

  it('finds none when each row of many is refused, and all of a few', async () => {
    const many = rowsOf(Array<boolean>(1_000).fill(true));
    const engine = new Engine();
    await expect(findPoison(many, places(many), engine.refuses)).rejects.toThrow('each row of 1000');
    expect(engine.trials).toBeLessThan(20);
    const few = many.slice(0, 16);
    expect(await findPoison(few, places(few), engine.refuses)).toHaveLength(16);
  });

  it('ends after a number of trials with what it has found', async () => {
    const rows = rowsOf(Array.from({ length: 20_000 }, (_, at) => at % 10 === 3));
    const engine = new Engine();
    const found = await findPoison(rows, places(rows), engine.refuses);
    expect(engine.trials).toBeLessThan(MAX_TRIALS + 20);
    expect(found.length).toBeGreaterThan(20);
  });
});
