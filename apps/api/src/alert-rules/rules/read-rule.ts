/** Makes a rule of what a client sent, and says of each field what is wrong with it. */
import { didYouMean, ianaZone, ianaZones } from '@meterhouse/common';
import { HORIZON_DAYS } from '../../capacity/runway';
import { quoted } from '../../http/fields';
import { NO_FILTERS, readFilters } from './read-filters';
import { Reader } from './reader';
import {
  type Condition,
  DIRECTIONS,
  GROUPINGS,
  METRICS,
  type Metric,
  type RuleInput,
  SENSITIVITIES,
  SEVERITIES,
  type Schedule,
  WINDOW_NAMES,
  isStanding,
} from './rule';

/** The fields that a client may send, beside `accountId`. */
export const RULE_FIELDS = [
  'name',
  'enabled',
  'severity',
  'metric',
  'filters',
  'groupBy',
  'window',
  'condition',
  'minimumRequests',
  'breaching',
  'noData',
  'renotifyAfterMinutes',
  'channels',
  'schedule',
] as const;

export const MAX_NAME = 100;
const MAX_CHANNELS = 20;
/** A sum may be as large as this. */
const MAX_VALUE = 1e15;
const MAX_REMINDER_MINUTES = 10_080;
const MAX_WINDOWS = 60;

/**
 * A whole rule. To change one, send what is there with the changes over it.
 * @throws ApiException INVALID_PARAMETERS with each field that is wrong
 */
export function readRule(body: object): RuleInput {
  const reader = Reader.of(body);
  const metric = reader.oneOf('metric', METRICS);
  const condition = readCondition(reader, metric);
  const groupBy =
    reader.raw('groupBy') === null ? null : reader.has('groupBy') ? reader.oneOf('groupBy', GROUPINGS) : null;
  const isBill = metric === 'cost' || metric === 'projectedCost';
  if (isBill && groupBy !== null)
    reader.refuse('groupBy', `should be null for the metric ${metric}: a bill is that of an account.`);
  const isByLimits = metric === 'utilization' || metric === 'runway' || condition.type === 'quota';
  if (groupBy === 'endpoint' && isByLimits)
    reader.refuse('groupBy', 'should be key or null here: limits are those of keys.');
  const filters = reader.object('filters', 'an object with lists by the names of filters', readFilters) ?? NO_FILTERS;
  const { keyId, ...detail } = filters;
  const isDetailed = Object.values(detail).some((values) => values.length > 0);
  if (isBill && (keyId.length > 0 || isDetailed)) {
    reader.refuse('filters', `should be empty for the metric ${metric}: a bill is that of an account.`);
  }
  if (isByLimits && isDetailed) {
    reader.refuse('filters', 'should name keys alone here: limits are about all requests of a key.');
  }
  const rule: RuleInput = {
    name: reader.text('name', MAX_NAME),
    enabled: reader.boolean('enabled', true),
    severity: reader.oneOf('severity', SEVERITIES, 'medium'),
    metric,
    filters,
    groupBy,
    window: reader.oneOf('window', WINDOW_NAMES, '15m'),
    condition,
    minimumRequests: reader.whole('minimumRequests', 0, 1_000_000_000, 20),
    breaching: readBreaching(reader),
    noData: reader.oneOf('noData', ['ok', 'alert', 'keep'], 'ok'),
    renotifyAfterMinutes: readReminder(reader),
    channels: reader.list('channels', MAX_CHANNELS, 'ids of channels', (item) =>
      typeof item === 'string' && /^chn_[0-9A-Za-z]{16,64}$/.test(item) ? item : null,
    ),
    schedule: reader.object('schedule', 'an object with timezone, days, from and to', readSchedule) ?? null,
  };
  reader.check();
  return rule;
}

function readReminder(reader: Reader): number | null {
  if (reader.raw('renotifyAfterMinutes') === null || !reader.has('renotifyAfterMinutes')) return null;
  return reader.whole('renotifyAfterMinutes', 5, MAX_REMINDER_MINUTES);
}

function readBreaching(reader: Reader): RuleInput['breaching'] {
  const read = (breaching: Reader): RuleInput['breaching'] => {
    breaching.known(['windows', 'of']);
    const windows = breaching.whole('windows', 1, MAX_WINDOWS, 1);
    const of = breaching.whole('of', 1, MAX_WINDOWS, windows);
    if (of < windows) breaching.refuse('of', `should be at least windows, which is ${windows}.`);
    return { windows, of };
  };
  return reader.object('breaching', 'an object with windows and of', read) ?? { windows: 1, of: 1 };
}

const CONDITIONS = ['threshold', 'change', 'anomaly', 'burnRate', 'quota'] as const;

function readCondition(reader: Reader, metric: Metric): Condition {
  const condition = reader.object('condition', `an object whose type is one of ${CONDITIONS.join(', ')}`, (fields) => {
    const type = fields.oneOf('type', CONDITIONS);
    return READERS[type](fields, metric);
  });
  if (condition) return condition;
  reader.wrong('condition', `an object whose type is one of ${CONDITIONS.join(', ')}`);
  return { type: 'threshold', operator: 'above', value: 0 };
}

const READERS: Record<Condition['type'], (fields: Reader, metric: Metric) => Condition> = {
  threshold: readThreshold,
  change: (fields, metric) => {
    fields.known(['type', 'against', 'direction', 'percent']);
    refuseButThreshold(fields, metric);
    return {
      type: 'change',
      against: fields.oneOf('against', ['previous', 'lastWeek'], 'previous'),
      direction: fields.oneOf('direction', DIRECTIONS, 'both'),
      percent: fields.number('percent', 1, 1_000_000),
    };
  },
  anomaly: (fields, metric) => {
    fields.known(['type', 'direction', 'sensitivity']);
    refuseButThreshold(fields, metric);
    return {
      type: 'anomaly',
      direction: fields.oneOf('direction', DIRECTIONS, 'both'),
      sensitivity: fields.oneOf('sensitivity', SENSITIVITIES, 'medium'),
    };
  },
  burnRate: (fields, metric) => {
    fields.known(['type', 'objective']);
    if (metric !== 'errorRate') fields.refuse('type', 'burnRate goes with the metric errorRate alone.');
    return { type: 'burnRate', objective: fields.number('objective', 50, 99.999) };
  },
  quota: (fields, metric) => {
    fields.known(['type', 'window', 'percent']);
    if (metric !== 'requests') fields.refuse('type', 'quota goes with the metric requests alone.');
    const right = 'different percentages from 1 to 1000, ascending';
    const percent = fields.list('percent', 10, right, (item) =>
      typeof item === 'number' && item >= 1 && item <= 1_000 ? item : null,
    );
    if (percent.some((level, index) => level < (percent[index - 1] ?? 0)))
      fields.refuse('percent', `should be ${right}.`);
    return {
      type: 'quota',
      window: fields.oneOf('window', ['day', 'month']),
      percent: percent.length === 0 ? [50, 80, 100] : percent,
    };
  },
};

function refuseButThreshold(fields: Reader, metric: Metric): void {
  if (metric !== 'utilization' && !isStanding(metric)) return;
  fields.refuse('type', `should be threshold for the metric ${metric}.`);
}

/** The largest value of a metric: a rate is a percentage; anything else may be as large as a sum. */
function largestOf(metric: Metric): number {
  if (metric === 'runway') return HORIZON_DAYS;
  return metric === 'errorRate' || metric === 'throttledRate' ? 100 : MAX_VALUE;
}

/** What an account stands at crosses its value in one direction: cost grows, and days run out. */
function operatorsOf(metric: Metric): readonly ('above' | 'below')[] {
  if (!isStanding(metric)) return ['above', 'below'];
  return metric === 'runway' ? ['below'] : ['above'];
}

function readThreshold(fields: Reader, metric: Metric): Condition {
  fields.known(['type', 'operator', 'value', 'recovery']);
  const max = largestOf(metric);
  const operator = fields.oneOf('operator', operatorsOf(metric));
  const value = fields.number('value', 0, max);
  if (operator === 'below' && value === 0) fields.refuse('value', 'should be above 0: nothing is below 0.');
  if (operator === 'above' && max === 100 && value === 100)
    fields.refuse('value', 'should be below 100: no rate is above 100.');
  if (fields.raw('recovery') === null || !fields.has('recovery')) return { type: 'threshold', operator, value };
  const recovery = fields.number('recovery', 0, max);
  if (operator === 'above' ? recovery > value : recovery < value) {
    fields.refuse('recovery', `should be ${operator === 'above' ? 'at most' : 'at least'} value, which is ${value}.`);
  }
  return { type: 'threshold', operator, value, recovery };
}

function readSchedule(schedule: Reader): Schedule {
  schedule.known(['timezone', 'days', 'from', 'to']);
  const given = schedule.raw('timezone') ?? 'UTC';
  const timezone = typeof given === 'string' ? ianaZone(given) : null;
  if (timezone === null) {
    schedule.refuse(
      'timezone',
      `should be a zone of the IANA database, such as Europe/Berlin, but is ${quoted(given)}.${didYouMean(given, ianaZones())}`,
    );
  }
  const days = schedule.list('days', 7, 'days of the week from 1, Monday, to 7', (item) =>
    typeof item === 'number' && Number.isInteger(item) && item >= 1 && item <= 7 ? item : null,
  );
  const from = readTime(schedule, 'from', '00:00');
  const to = readTime(schedule, 'to', '24:00');
  if (to <= from) schedule.refuse('to', `should be after from, which is ${from}.`);
  return {
    timezone: timezone ?? 'UTC',
    days: days.length === 0 ? [1, 2, 3, 4, 5, 6, 7] : days.sort((a, b) => a - b),
    from,
    to,
  };
}

function readTime(schedule: Reader, name: string, otherwise: string): string {
  const value = schedule.raw(name) ?? otherwise;
  if (typeof value === 'string' && /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(value)) return value;
  schedule.wrong(name, 'a time of the day such as 09:00');
  return otherwise;
}
