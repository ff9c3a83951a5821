import fc from 'fast-check';
import { Slices } from '@meterhouse/common';
import type { ApiException } from '../../http/api-exception';
import { MAX_EVENTS, type ParseBounds, SentBody, UnreadableEvent } from './sent-events';

const eventsOf = (text: string, bounds?: ParseBounds): Promise<readonly unknown[]> =>
  new SentBody(Buffer.from(text), false).events(new Slices(null), bounds);
const linesOf = (text: string, bounds?: ParseBounds): Promise<readonly unknown[]> =>
  new SentBody(Buffer.from(text), true).events(new Slices(null), bounds);

/** Every document is cut into single events, none of which is too long. */
const SMALL: ParseBounds = { whole: 0, group: 1, event: 1_000_000 };

describe.each([
  ['whole', undefined],
  ['in pieces', SMALL],
])('a document that is parsed %s', (_, bounds) => {
  const event = { method: 'GET' };

  it.each([
    ['one event', event, [event]],
    ['an array', [event, event], [event, event]],
    ['an object with events', { events: [event] }, [event]],
    ['an array of anything', [1, null], [1, null]],
  ])('may be %s', async (__, body, expected) => {
    expect(await eventsOf(JSON.stringify(body), bounds)).toEqual(expected);
    expect(await eventsOf(`\n ${JSON.stringify(body, null, 2)} \n`, bounds)).toEqual(expected);
  });

  it.each([
    ['nothing', '', /body is empty/],
    ['blanks', ' \n\t', /body is empty/],
    ['an empty array', ' [ ] ', /no event/],
    ['an empty list', '{ "events" : [ ] }', /no event/],
    ['null', 'null', /neither an object nor an array/],
    ['a string', '"GET"', /neither an object nor an array/],
    ['events that are no array', '{"events":{}}', /array of events/],
    ['events and more', '{"events":[{}],"accountId":"a"}', /array of events/],
    ['more and events', '{"accountId":"a","events":[{}]}', /array of events/],
    ['an event without its end', '[{"a":1},\n{"b":2]', /unexpected "\]" at line 2, column 7\.$/],
    ['a comma too many', '[{},\n]', /unexpected "\]" at line 2, column 1\.$/],
    ['a comma too early', '[,{}]', /unexpected "," at line 1, column 2\.$/],
    ['an array that a brace closes', '[{}}', /unexpected "\}" at line 1, column 4\.$/],
    ['half an array', '{"events":[{},\n{}', /it ends too early, in line 2\.$/],
    ['more than an array', '[{}]\n]', /unexpected "\]" at line 2, column 1\.$/],
    ['deep nesting', `[${'['.repeat(32)}${']'.repeat(32)}]`, /nested deeper than 32/],
    ['a deep list', `{"events":[${'['.repeat(31)}${']'.repeat(31)}]}`, /nested deeper than 32/],
  ])('may not be %s', async (__, text, message) => {
    await expect(eventsOf(text, bounds)).rejects.toMatchObject({ code: 'INVALID_PARAMETERS' });
    await expect(eventsOf(text, bounds)).rejects.toThrow(message);
  });
});

it('takes 10,000 events and no more', async () => {
  const tooLarge = { code: 'PAYLOAD_TOO_LARGE', message: expect.stringMatching(/10001|more than 10000/) as string };
  for (const bounds of [undefined, SMALL]) {
    const array = (count: number): string => `[${'{},'.repeat(count - 1)}{}]`;
    expect(await eventsOf(array(MAX_EVENTS), bounds)).toHaveLength(MAX_EVENTS);
    await expect(eventsOf(array(MAX_EVENTS + 1), bounds)).rejects.toMatchObject(tooLarge);
    expect(await linesOf('{}\n'.repeat(MAX_EVENTS), bounds)).toHaveLength(MAX_EVENTS);
    await expect(linesOf('{}\n'.repeat(MAX_EVENTS + 1), bounds)).rejects.toMatchObject(tooLarge);
  }
});

/** JSON that is a list of events or something else, with white space here and there. */
const document = fc
  .tuple(
    fc.oneof(
      fc.array(fc.jsonValue({ maxDepth: 3 })),
      fc.array(fc.jsonValue({ maxDepth: 3 })).map((events) => ({ events })),
      fc.array(fc.jsonValue()).map((events) => ({ events, more: 1 })),
      fc.jsonValue(),
    ),
    fc.constantFrom('', '\n', ' \t\r\n'),
    fc.constantFrom(0, 1, '\t'),
  )
  .map(([value, blank, indent]) => `${blank}${JSON.stringify(value, null, indent)}${blank}`);

const damaged = fc
  .tuple(
    document,
    fc.nat(),
    fc.nat(2),
    fc.constantFrom('', ',', '"', '\\', '[', ']', '{', '}', ':', '0', '\n', 'é', '\u{1f600}'),
  )
  .map(([text, at, gone, by]) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + by + text.slice(from + gone);
  });

it('gives of a document in pieces exactly what it gives of one that is parsed whole', async () => {
  const outcome = (text: string, bounds?: ParseBounds): Promise<unknown> =>
    eventsOf(text, bounds).catch((error: ApiException) => `${error.code}: ${error.message}`);
  await fc.assert(
    fc.asyncProperty(fc.oneof(document, damaged), fc.constantFrom(1, 10, 30), async (text, group) => {
      expect(await outcome(text, { ...SMALL, group })).toEqual(await outcome(text));
    }),
    { numRuns: 3_000 },
  );
});

it('takes the same lines as splitting and parsing each, and says which are none', async () => {
  const line = fc.oneof(
    fc.json({ maxDepth: 1 }).map((json) => [json, JSON.parse(json) as unknown] as const),
    fc.constantFrom('{"a":', '[1,]', '\v{}').map((bad) => [bad, expect.any(UnreadableEvent) as unknown] as const),
    fc.constantFrom('', ' ', '\r', '\t\f', '\u00a0').map((blank) => [blank, undefined] as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1 }), async (lines) => {
      const expected = lines.filter(([, value]) => value !== undefined).map(([, value]) => value);
      fc.pre(expected.length > 0);
      const text = lines.map(([line]) => line).join('\n');
      expect(await linesOf(text)).toEqual(expected);
      expect(await linesOf(text, { ...SMALL, group: 8 })).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

it('makes a bad line one bad event, and skips blank ones', async () => {
  const events = await linesOf('{"a":1}\r\n\n  \n{"a":\n[1]');
  expect(events).toEqual([{ a: 1 }, expect.any(UnreadableEvent), [1]]);
  const inLine4 = { message: 'The line is not valid JSON: it ends too early, in line 4.' };
  expect(events[1]).toEqual(inLine4);
  expect((await linesOf('{"a":1}\r\n\n  \n{"a":\n[1]', SMALL))[1]).toEqual(inLine4);
  expect((await linesOf(`1\n${' '.repeat(300_000)}\n\n{"a":\n`))[1]).toEqual(inLine4);
  await expect(linesOf('')).rejects.toThrow(/body is empty/);
  await expect(linesOf('\n \n')).rejects.toThrow(/no event/);
});

it('takes 400,000 values and no more', async () => {
  const tooLarge = { code: 'PAYLOAD_TOO_LARGE', message: expect.stringMatching(/400000 values/) as string };
  const event = (values: number): string => `[${'1,'.repeat(values - 1)}1]`;
  // A full line or event has 9,999 values and itself; what is around them counts too.
  const events = (count: number): string[] => Array.from({ length: count }, () => event(9_999));
  expect(await eventsOf(`[${events(39).join()}]`)).toHaveLength(39);
  expect(await linesOf(events(39).join('\n'))).toHaveLength(39);
  await expect(eventsOf(`[${events(41).join()}]`)).rejects.toMatchObject(tooLarge);
  await expect(eventsOf(`{"events":[${events(41).join()}]}`)).rejects.toMatchObject(tooLarge);
  await expect(linesOf(events(41).join('\n'))).rejects.toMatchObject(tooLarge);
});

describe('an event of more than 256 KiB', () => {
  const good = { method: 'GET' };
  const long = { method: 'x'.repeat(256 * 1024) };
  const unread = { message: expect.stringMatching(/^An event should take at most 256 KiB of JSON/) as string };

  it('is one bad event among others, and is not parsed', async () => {
    expect(await eventsOf(JSON.stringify([good, long, good]))).toEqual([good, unread, good]);
    expect(await eventsOf(JSON.stringify({ events: [long, good] }))).toEqual([unread, good]);
    expect(await eventsOf(JSON.stringify(long))).toEqual([unread]);
    expect(await linesOf([good, long, good].map((event) => JSON.stringify(event)).join('\n'))).toEqual([
      good,
      unread,
      good,
    ]);
  });

  it('is no cover for what is not JSON', async () => {
    await expect(eventsOf(`[${JSON.stringify(long)},\n{"method":"${'x'.repeat(300_000)},\n{}]`)).rejects.toThrow(
      /unexpected character U\+000A at line 2, column 300013\.$/,
    );
    await expect(eventsOf(`[{}\n${JSON.stringify(long).slice(0, -2)}`)).rejects.toThrow(/"{" at line 2, column 1/);
  });

  it('is not one for the white space around it', async () => {
    const padded = ' '.repeat(300_000);
    expect(await eventsOf(`${padded}[${padded}{"a":1}${padded},${padded}2${padded}]${padded}`)).toEqual([{ a: 1 }, 2]);
    expect(await eventsOf(`${padded}{"a":1}${padded}`)).toEqual([{ a: 1 }]);
  });
});
