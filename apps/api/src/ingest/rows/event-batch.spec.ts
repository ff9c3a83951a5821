import fc from 'fast-check';
import { aUsageEvent } from '../../../../../test/factories/events';
import { namedEvent, textOf, toRecord } from './event-batch';
import { toRows } from './event-rows';

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('"', '\\', '",true,"', 'ä', '","'));

it('finds account, id and time of an event that its sender named in its row, whatever the texts hold', () => {
  const times = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
  fc.assert(
    fc.property(
      text,
      text,
      text,
      text,
      times,
      fc.boolean(),
      (accountId, keyId, id, endpoint, timestamp, hasClientId) => {
        const row = toRows([aUsageEvent({ accountId, keyId, id, endpoint, timestamp, hasClientId })]).text.toString(
          'utf8',
        );
        // Half a surrogate pair becomes another character on its way through UTF-8; the checks of an event do the same.
        const stored = (part: string): string => JSON.parse(JSON.stringify(part)) as string;
        const named = { accountId: stored(accountId), id: stored(id), timestamp };
        expect(namedEvent(row)).toEqual(hasClientId ? named : null);
      },
    ),
  );
});

it('finds none in a row that cannot be read', () => {
  for (const row of ['', 'nonsense', '[]', '["a","k"]', '["a","k",1,true]', '["\\', '{"a":"\\"}']) {
    expect(namedEvent(row)).toBeNull();
  }
});

it('leaves rows out wherever they stand, and nothing else', async () => {
  const records = fc.array(fc.array(fc.integer(), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(records, fc.uniqueArray(fc.nat({ max: 24 })), async (calls, dropped) => {
      const kept = calls.flat().filter((_, position) => !dropped.includes(position));
      const made = calls.map((rows) => toRecord(rows.map(String)));
      expect(Buffer.concat(await textOf(made, dropped)).toString('utf8')).toBe(kept.join('\n'));
    }),
  );
});
