/** Random plans for property tests. */
import fc from 'fast-check';
import { type Plan, readPlan } from '@meterhouse/pricing';
import { METHODS } from './events';

const anAmount = fc
  .tuple(fc.nat(30), fc.nat(999_999))
  .map(([whole, millionths]) => `${whole}.${String(millionths).padStart(6, '0')}`);

/** Bounds that few units reach, and some that many do. */
const bounds = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 50_000 })), { maxLength: 3 })
  .map((list): (number | null)[] => [...list.sort((a, b) => a - b), null]);

const someTiers = bounds.chain((list) =>
  fc.tuple(
    ...list.map((upTo) =>
      fc.record({ upTo: fc.constant(upTo), unitAmount: anAmount, flatAmount: fc.constantFrom('0', '0', '1.5') }),
    ),
  ),
);

const someStatuses = fc.subarray(['2xx', '404', '4xx', '429', '5xx', '503']);

const aMatch = fc.record({
  endpoint: fc.subarray(['/v1/orders', '/v1/orders*', '/v1/users/{id}', '/', '/ü*'], { maxLength: 2 }),
  method: fc.subarray([...METHODS], { maxLength: 2 }),
  statusCode: fc.oneof(fc.constant([]), someStatuses),
});

const aPrice = fc
  .record({
    name: fc.constant('A price'),
    match: fc.oneof(fc.constant({}), aMatch),
    unit: fc.constantFrom('requests', 'requests', 'megabytes'),
    weight: fc.constantFrom(1, 1, 5, '0.25'),
    includedUnits: fc.constantFrom(0, 0, 3, '12.5'),
    model: fc.constantFrom('unit', 'graduated', 'volume', 'package'),
    tiers: someTiers,
    packageSize: fc.constantFrom(1, 7, 1_000),
  })
  .map(({ packageSize, ...price }) => {
    const isTiered = price.model === 'graduated' || price.model === 'volume';
    return {
      ...price,
      tiers: isTiered ? price.tiers : price.tiers.slice(-1),
      ...(price.model === 'package' ? { packageSize } : {}),
    };
  });

/** A plan as a client sends it. */
export const aPlanBody = fc.record({
  name: fc.constant('A plan'),
  currency: fc.constantFrom('USD', 'JPY', 'KWD'),
  flatFee: fc.constantFrom('0', '49', '9.999'),
  prices: fc.array(aPrice, { minLength: 1, maxLength: 4 }),
  freeStatuses: fc.oneof(fc.constant([]), someStatuses),
  discountPercent: fc.constantFrom(0, 0, 15, '33.3'),
  minimum: fc.constantFrom(null, null, '50'),
  maximum: fc.constantFrom(null, null, '120', '20.5'),
});

export const aPlan: fc.Arbitrary<Plan> = aPlanBody.map((body) => {
  const read = readPlan(body);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.plan;
});
