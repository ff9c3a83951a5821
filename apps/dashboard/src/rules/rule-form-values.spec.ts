/** What a form shows of a rule and sends of it. */
import fc from 'fast-check';
import type { Rule } from '../api/use-rules';
import { type Condition, DIRECTIONS, NO_DATA, SENSITIVITIES, SEVERITIES, WINDOW_NAMES } from './rule';
import { bodyOf } from './rule-body';
import { newRuleForm, ruleBody, ruleForm } from './rule-form-values';

const figure = fc.integer({ min: 0, max: 1_000 });
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const list = fc.uniqueArray(word, { maxLength: 3 });

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record(
    {
      type: fc.constant('threshold' as const),
      operator: fc.constantFrom('above', 'below'),
      value: figure,
      recovery: figure,
    },
    { requiredKeys: ['type', 'operator', 'value'] },
  ),
  fc.record({
    type: fc.constant('change' as const),
    against: fc.constantFrom('previous', 'lastWeek'),
    direction: fc.constantFrom(...DIRECTIONS),
    percent: figure,
  }),
  fc.record({
    type: fc.constant('anomaly' as const),
    direction: fc.constantFrom(...DIRECTIONS),
    sensitivity: fc.constantFrom(...SENSITIVITIES),
  }),
  fc.record({ type: fc.constant('burnRate' as const), objective: fc.constantFrom(99, 99.9, 99.95) }),
  fc.record({
    type: fc.constant('quota' as const),
    window: fc.constantFrom('day', 'month'),
    percent: fc.array(figure, { minLength: 1, maxLength: 3 }),
  }),
);

const METRICS = { burnRate: 'errorRate', quota: 'requests' } as const;

const rule: fc.Arbitrary<Rule> = fc
  .record({
    id: fc.constant('rul_1'),
    accountId: fc.option(word),
    name: word,
    enabled: fc.boolean(),
    severity: fc.constantFrom(...SEVERITIES),
    metric: fc.constantFrom('requests', 'errorRate', 'p95', 'dataTransferred'),
    filters: fc.record({ keyId: list, endpoint: list, method: list, statusCode: list, errorType: list }),
    groupBy: fc.constantFrom('key' as const, 'endpoint' as const, null),
    window: fc.constantFrom(...WINDOW_NAMES),
    condition,
    minimumRequests: figure,
    breaching: fc.record({ windows: figure, of: figure }),
    noData: fc.constantFrom(...NO_DATA),
    renotifyAfterMinutes: fc.option(figure),
    channels: list,
    schedule: fc.option(
      fc.record({
        timezone: fc.constantFrom('UTC', 'Europe/Berlin'),
        days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
        from: fc.constantFrom('00:00', '09:00'),
        to: fc.constantFrom('18:00', '24:00'),
      }),
    ),
    createdAt: fc.constant(''),
    updatedAt: fc.constant(''),
    lastEvaluatedTo: fc.constant(null),
    notJudged: fc.constant(null),
  } as const)
  .map((made) => {
    const { type } = made.condition;
    return { ...made, metric: type === 'burnRate' || type === 'quota' ? METRICS[type] : made.metric };
  });

it('sends a rule that was not touched as it was', () => {
  fc.assert(
    fc.property(rule, fc.boolean(), (given, isAdmin) => {
      expect(ruleBody(ruleForm(given, 'UTC'), isAdmin)).toEqual(bodyOf(given, isAdmin));
    }),
  );
});

it('begins with a rule that the service takes but for its name', () => {
  expect(ruleBody(newRuleForm(null, 'UTC'), false)).toEqual({
    name: '',
    enabled: true,
    severity: 'medium',
    metric: 'errorRate',
    window: '15m',
    filters: { keyId: [], endpoint: [], method: [], statusCode: [], errorType: [] },
    groupBy: null,
    condition: { type: 'threshold', operator: 'above', value: 5 },
    minimumRequests: 20,
    breaching: { windows: 1, of: 1 },
    noData: 'ok',
    renotifyAfterMinutes: null,
    channels: [],
    schedule: null,
  });
});

it('leaves out a value that is empty, and sends what is no number for the service to say so', () => {
  const form = newRuleForm('acme', 'UTC');
  const empty = { ...form, numbers: { ...form.numbers, value: '' } };
  expect(ruleBody(empty, true)).toMatchObject({
    accountId: 'acme',
    condition: { type: 'threshold', value: undefined },
  });
  expect(ruleBody({ ...form, type: 'quota', levels: '50, x,, 100' }, false).condition).toEqual({
    type: 'quota',
    window: 'day',
    percent: [50, 'x', 100],
  });
});

it('takes filters line by line, each value once', () => {
  const form = newRuleForm(null, 'UTC');
  const filters = { ...form.filters, endpoint: ' /v1/a,b \n\n/v1/c\n/v1/c' };
  expect(ruleBody({ ...form, filters }, false).filters.endpoint).toEqual(['/v1/a,b', '/v1/c']);
});
