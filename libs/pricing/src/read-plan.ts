/** From what a client sent to a plan that can be priced, or to what is wrong with it, field by field. */
import { HTTP_METHOD, ianaZone } from '@meterhouse/common';
import { isCurrency } from './currency';
import { decimal } from './decimal';
import { Fields, type Problem } from './fields';
import { MODELS, type Match, type Model, type Plan, type Price, type Tier, UNITS } from './plan';

/** Most prices of a plan, and most tiers of a price. */
export const MAX_PRICES = 100;
export const MAX_TIERS = 100;
/** Most values of one list of a match, and most free statuses. */
const MAX_LISTED = 100;
const MAX_NAME = 100;

const STATUS = /^[1-5](\d\d|xx)$/i;
const PRICE_ID = /^[A-Za-z0-9._-]{1,64}$/;

const isZone = (name: string): boolean => ianaZone(name) !== null;

/**
 * A plan, with its defaults filled in.
 * @param value an object as JSON has it
 * @returns the plan, or every problem with the field's path: `prices.0.tiers.1.upTo`
 */
export function readPlan(value: unknown): { plan: Plan } | { problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const fields = new Fields(value, '', problems);
  const plan: Plan = {
    name: fields.text('name', MAX_NAME),
    currency: fields.matching('currency', isCurrency, 'the code of a currency such as USD'),
    timezone: ianaZone(fields.matching('timezone', isZone, 'a time zone such as Europe/Berlin', 'UTC')) ?? 'UTC',
    anchorDay: fields.wholeNumber('anchorDay', 1, 31, 1),
    flatFee: fields.amount('flatFee', '0'),
    prices: fields.list('prices', MAX_PRICES).map(readPrice),
    freeStatuses: fields.texts('freeStatuses', STATUS, 'status codes such as 404, or classes such as 5xx', MAX_LISTED),
    discountPercent: fields.quantity('discountPercent', { to: '100', preset: 0 }),
    minimum: fields.amountOrNull('minimum'),
    maximum: fields.amountOrNull('maximum'),
  };
  fields.end();
  refuseTwice(plan.prices, problems);
  return problems.length > 0 ? { problems } : { plan };
}

function readPrice(fields: Fields, index: number): Price {
  const model = fields.oneOf('model', MODELS, 'unit');
  const price: Price = {
    id: fields.matching('id', (id) => PRICE_ID.test(id), '1 to 64 letters, digits, dots, - or _', `price-${index + 1}`),
    name: fields.text('name', MAX_NAME),
    match: readMatch(fields.object('match')),
    unit: fields.oneOf('unit', UNITS, 'requests'),
    weight: fields.quantity('weight', { preset: 1 }),
    model,
    includedUnits: fields.quantity('includedUnits', { preset: 0 }),
    packageSize: fields.unitsOrNull('packageSize'),
    tiers: fields.list('tiers', MAX_TIERS).map(readTier),
  };
  if (model === 'package' && price.packageSize === null) {
    fields.refuse('packageSize', 'should be the units of a package, such as 1000, with the model package.');
  } else if (model !== 'package' && price.packageSize !== null) {
    fields.refuse('packageSize', 'goes with the model package alone; leave it out.');
  }
  fields.end();
  checkTiers(price.tiers, model, fields);
  return price;
}

function readMatch(fields: Fields): Match {
  const endpoint = fields.texts(
    'endpoint',
    /^[^\p{Cc}*]{1,2048}\*?$|^\*$/u,
    'names of endpoints, with * at most at the end',
    MAX_LISTED,
  );
  const method = fields.texts('method', HTTP_METHOD, 'HTTP methods such as GET', MAX_LISTED);
  const statusCode = fields.texts('statusCode', STATUS, 'status codes such as 404, or classes such as 5xx', MAX_LISTED);
  fields.end();
  return { endpoint, method: method.map((name) => name.toUpperCase()), statusCode };
}

function readTier(fields: Fields): Tier {
  const tier: Tier = {
    upTo: fields.unitsOrNull('upTo'),
    unitAmount: fields.amount('unitAmount'),
    flatAmount: fields.amount('flatAmount', '0'),
  };
  fields.end();
  return tier;
}

/** Tiers rise, only the last has no end, and so that nothing is without a price it has none. */
function checkTiers(tiers: readonly Tier[], model: Model, fields: Fields): void {
  if (tiers.length === 0) return fields.refuse('tiers', 'should have at least one tier.');
  if (tiers.length > 1 && (model === 'unit' || model === 'package')) {
    fields.refuse('tiers', `should be one tier with the model ${model}; graduated and volume take several.`);
  }
  tiers.forEach(({ upTo }, index) => {
    const field = `tiers.${index}.upTo`;
    const before = tiers[index - 1]?.upTo ?? 0;
    const isLast = index === tiers.length - 1;
    if (isLast && upTo !== null) {
      fields.refuse(field, 'of the last tier should be null, so that no number of units is without a price.');
    } else if (!isLast && upTo === null) {
      fields.refuse(field, 'should be a number of units; only the last tier has no end.');
    } else if (upTo !== null && decimal(upTo).lte(decimal(before))) {
      fields.refuse(field, `should be above ${before}, where the tier before ends: tiers rise.`);
    }
  });
}

function refuseTwice(prices: readonly Price[], problems: Problem[]): void {
  const seen = new Set<string>();
  prices.forEach(({ id }, index) => {
    if (seen.has(id)) {
      problems.push({
        field: `prices.${index}.id`,
        message: `prices.${index}.id should be no other price's, but is "${id}" again.`,
      });
    }
    seen.add(id);
  });
}
