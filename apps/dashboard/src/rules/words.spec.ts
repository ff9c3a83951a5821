/** Rules in words. */
import type { Condition } from './rule';
import { conditionText, scheduleText, scopeText } from './words';

const said = (condition: Condition, metric: 'errorRate' | 'requests' = 'errorRate'): string =>
  conditionText({ metric, condition, window: '15m' }).replaceAll('\u202f', ' ');

it.each<[Condition, string]>([
  [{ type: 'threshold', operator: 'above', value: 5 }, 'Error rate above 5 % over 15 minutes'],
  [
    { type: 'change', against: 'lastWeek', direction: 'both', percent: 50 },
    'Error rate up or down by 50 % over 15 minutes, against a week before',
  ],
  [
    { type: 'anomaly', direction: 'down', sensitivity: 'high' },
    'Error rate unusually low over 15 minutes, sensitivity high',
  ],
  [{ type: 'burnRate', objective: 99.9 }, 'Error budget of 99.9 % used up too fast'],
  [{ type: 'quota', window: 'day', percent: [50, 100] }, 'Requests of a day at 50 %, 100 % of the limits'],
])('says when %j fires', (condition, text) => expect(said(condition)).toBe(text));

it('says what a rule is about', () => {
  const none = { keyId: [], endpoint: [], method: [], statusCode: [], errorType: [] };
  expect(scopeText(none, null)).toBe('');
  expect(scopeText({ ...none, keyId: ['key_1', 'key_2'], endpoint: ['/v1/orders'] }, 'endpoint')).toBe(
    'each endpoint · 2 keys · /v1/orders',
  );
});

it('says when it is judged', () => {
  const from = { from: '09:00', to: '18:00', timezone: 'UTC' };
  expect(scheduleText({ ...from, days: [1, 2, 3, 4, 5] })).toBe('Mon–Fri, 09:00–18:00, UTC');
  expect(scheduleText({ ...from, days: [1, 3] })).toBe('Mon, Wed, 09:00–18:00, UTC');
  expect(scheduleText({ ...from, days: [1, 2, 3, 4, 5, 6, 7] })).toBe('every day, 09:00–18:00, UTC');
});
