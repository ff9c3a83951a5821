/** The rules by which requests are counted for a plan. */
import type { Match, Plan } from '@meterhouse/pricing';
import { endpointName } from '../endpoints/endpoint-names';
import { type ByRule, type Count, NO_COUNT, type Rule } from '../usage/read/counts';

/** The requests that cost nothing come first, where there are some, then the prices in their order. */
export function rulesOf(plan: Plan): Rule[] {
  const free = ruleOf({ endpoint: [], method: [], statusCode: plan.freeStatuses });
  const prices = plan.prices.map(({ match }) => ruleOf(match));
  return hasFree(plan) ? [free, ...prices] : prices;
}

/** The counts of the prices, in their order. */
export function ofPrices(plan: Plan, counts: ByRule): readonly Count[] {
  return counts.slice(hasFree(plan) ? 2 : 1);
}

/** What no price is for, by the reason. */
export function unpricedOf(plan: Plan, counts: ByRule): { reason: 'no_price' | 'free_status'; requests: bigint }[] {
  const free = hasFree(plan) ? (counts[1] ?? NO_COUNT) : NO_COUNT;
  return [
    { reason: 'free_status', requests: free.requests },
    { reason: 'no_price', requests: (counts[0] ?? NO_COUNT).requests },
  ];
}

function hasFree({ freeStatuses }: Plan): boolean {
  return freeStatuses.length > 0;
}

function ruleOf({ endpoint, method, statusCode }: Match): Rule {
  const isPrefix = (name: string): boolean => name.endsWith('*');
  const isClass = (code: string): boolean => /x/i.test(code);
  return {
    endpoints: endpoint.filter((name) => !isPrefix(name)).map(endpointName),
    prefixes: endpoint.filter(isPrefix).map((name) => name.slice(0, -1)),
    methods: method,
    statusCodes: statusCode.filter((code) => !isClass(code)).map(Number),
    statusClasses: statusCode.filter(isClass).map((code) => Number(code[0])),
  };
}
