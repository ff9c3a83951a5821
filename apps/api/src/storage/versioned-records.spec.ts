/** What is real: the records, their queue and poll. Not: the table, which is a list, and the clock of the polls. */
import { Logger } from '@nestjs/common';
import { deferred } from '../../../../test/support/deferred';
import { FixedClock } from '../../../../test/support/fixed-clock';
import { VersionedRecords, type VersionedTable } from './versioned-records';

interface Note {
  id: string;
  version: number;
  text: string;
}

const NOW = Date.UTC(2026, 2, 1);

beforeEach(() => {
  jest.useFakeTimers();
  Logger.overrideLogger(false);
});
afterEach(() => jest.useRealTimers());

/** A table that other instances write, too. */
class Table implements VersionedTable<Note> {
  readonly shared = true;
  readonly stored: Note[] = [];
  /** Waited for by each read and write. */
  held = Promise.resolve();

  async findChangedSince(version: number): Promise<Note[]> {
    await this.held;
    return this.stored.filter((note) => note.version >= version);
  }

  async insert(note: Note): Promise<void> {
    await this.held;
    this.stored.push(note);
  }
}

const open = async (table: Table): Promise<VersionedRecords<Note>> => {
  const options = { idOf: ({ id }: Note) => id, name: 'notes', logger: new Logger('Notes'), pollMs: 1_000 };
  const records = new VersionedRecords(table, new FixedClock(NOW), options);
  await records.open();
  return records;
};

it('builds each change on the one before, also on that of another instance, with a version above it', async () => {
  const table = new Table();
  const records = await open(table);
  const add = (text: string) =>
    records.write('a', (present, version) => ({ id: 'a', version, text: `${present?.text ?? ''}${text}` }));
  await Promise.all([add('1'), add('2')]);
  table.stored.push({ id: 'a', version: NOW + 10, text: 'other' });
  expect(await add('3')).toEqual({ id: 'a', version: NOW + 11, text: 'other3' });
  expect(records.get('a')).toEqual({ id: 'a', version: NOW + 11, text: 'other3' });
  await records.close();
});

it('stores nothing of a change that is refused or comes to nothing', async () => {
  const table = new Table();
  const records = await open(table);
  const refuse = records.write('a', () => {
    throw new Error('refused');
  });
  await expect(refuse).rejects.toThrow('refused');
  expect(await records.write('a', () => undefined)).toBeUndefined();
  expect([table.stored, [...records.values()]]).toEqual([[], []]);
  await records.close();
});

it('reads the changes of other instances, of which the newest counts', async () => {
  const table = new Table();
  const records = await open(table);
  table.stored.push({ id: 'a', version: 5, text: 'new' }, { id: 'a', version: 4, text: 'old' });
  await jest.advanceTimersByTimeAsync(1_000);
  expect(records.get('a')?.text).toBe('new');
  await records.close();
});

it('stops within half a second while the table hangs', async () => {
  const table = new Table();
  const records = await open(table);
  const { promise, resolve } = deferred<void>();
  table.held = promise;
  const written = records.write('a', (_, version) => ({ id: 'a', version, text: '' }));
  let closed = false;
  void records.close().then(() => (closed = true));
  await jest.advanceTimersByTimeAsync(499);
  expect(closed).toBe(false);
  await jest.advanceTimersByTimeAsync(1);
  expect(closed).toBe(true);
  resolve();
  await written;
});
