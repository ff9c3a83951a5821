import { ApiException } from '../../http/api-exception';
import { parseLines, MAX_EVENTS, UnreadableLine, listEvents } from './sent-events';

describe('listEvents', () => {
  const event = { method: 'GET' };

  it.each([
    ['one event', event, [event]],
    ['an array', [event, event], [event, event]],
    ['an object with events', { events: [event] }, [event]],
    ['an array of anything', [1, null], [1, null]],
  ])('takes %s', (_, body, expected) => {
    expect(listEvents(body)).toEqual(expected);
  });

  it.each([
    ['nothing', undefined, /body is empty/],
    ['an empty array', [], /no event/],
    ['an empty list', { events: [] }, /no event/],
    ['no lines', parseLines('\n \n'), /no event/],
    ['null', null, /neither an object nor an array/],
    ['a string', 'GET', /neither an object nor an array/],
    ['events that are no array', { events: event }, /array of events/],
    ['events and more', { events: [event], accountId: 'a' }, /array of events/],
  ])('refuses %s', (_, body, message) => {
    expect(() => listEvents(body)).toThrow(message);
    expect(() => listEvents(body)).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETERS' }) as ApiException);
  });

  it('takes 10,000 events and no more', () => {
    const lines = (count: number): string => '{}\n'.repeat(count);
    expect(listEvents(Array(MAX_EVENTS).fill(event))).toHaveLength(MAX_EVENTS);
    expect(listEvents(parseLines(lines(MAX_EVENTS)))).toHaveLength(MAX_EVENTS);
    const tooLarge = expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }) as ApiException;
    expect(() => listEvents(Array(MAX_EVENTS + 1).fill(event))).toThrow(tooLarge);
    expect(() => parseLines(lines(MAX_EVENTS + 1))).toThrow(tooLarge);
  });

  it('makes a bad line one bad event, and skips blank ones', () => {
    const events = listEvents(parseLines('{"a":1}\r\n\n  \n{"a":\n[1]'));
    expect(events).toEqual([{ a: 1 }, expect.any(UnreadableLine), [1]]);
    expect(events[1]).toEqual({ message: 'The line is not valid JSON: it ends too early, in line 4.' });
  });
});
