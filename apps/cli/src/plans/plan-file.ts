/** Plans in a YAML file, and what differs between them and those of the service. */
import { parse } from 'yaml';
import { UsageError } from '../errors';

/** A plan as a file says it: the body of `POST /plans`, perhaps with the id of the plan that it changes. */
export interface FilePlan {
  id: string | null;
  name: string;
  /** From when on a change holds; null: now. */
  effectiveFrom: string | null;
  body: Record<string, unknown>;
}

/** What the service fills in. */
const PLAN_DEFAULTS = {
  timezone: 'UTC',
  anchorDay: 1,
  flatFee: '0',
  prices: [],
  freeStatuses: [],
  discountPercent: 0,
  minimum: null,
  maximum: null,
};
const PRICE_DEFAULTS = { unit: 'requests', weight: 1, model: 'unit', includedUnits: 0, packageSize: null };
const MATCH_DEFAULTS = { endpoint: [], method: [], statusCode: [] };
const TIER_DEFAULTS = { upTo: null, flatAmount: '0' };

/** @throws UsageError for a file that holds no list `plans` */
export function readPlanFile(text: string): FilePlan[] {
  const plans = objectOf(parsed(text))['plans'];
  if (!Array.isArray(plans) || plans.length === 0) {
    throw new UsageError('The file should hold "plans:" with a list of plans; docs/cost.md shows one.');
  }
  return plans.map((plan, index) => {
    const { id, effectiveFrom, ...body } = objectOf(plan);
    const name = body['name'];
    if (typeof name !== 'string') throw new UsageError(`plans[${index}] has no name.`);
    return { id: textOrNull(id), name, effectiveFrom: textOrNull(effectiveFrom), body };
  });
}

/** The lines that a change takes away and adds, as "- path: value" and "+ path: value"; none where nothing changes. */
export function differences(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const [old, next] = [flattened(withDefaults(before)), flattened(withDefaults(after))];
  const paths = [...new Set([...old.keys(), ...next.keys()])];
  return paths.flatMap((path) => {
    const [was, is] = [old.get(path), next.get(path)];
    if (was === is) return [];
    return [...(was === undefined ? [] : [`- ${path}: ${was}`]), ...(is === undefined ? [] : [`+ ${path}: ${is}`])];
  });
}

/** What a new plan says, as lines that are added. */
export function said(body: Record<string, unknown>): string[] {
  return [...flattened(body)].map(([path, value]) => `+ ${path}: ${value}`);
}

function withDefaults(body: Record<string, unknown>): Record<string, unknown> {
  const plan: Record<string, unknown> = { ...PLAN_DEFAULTS, ...body };
  return {
    ...plan,
    prices: listOf(plan['prices']).map((item, index) => {
      const price = objectOf(item);
      return {
        id: `price-${index + 1}`,
        ...PRICE_DEFAULTS,
        ...price,
        match: { ...MATCH_DEFAULTS, ...objectOf(price['match']) },
        tiers: listOf(price['tiers']).map((tier) => ({ ...TIER_DEFAULTS, ...objectOf(tier) })),
      };
    }),
  };
}

/** Values as JSON by their dotted paths. */
function flattened(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, JSON.stringify(value)]]);
  const entries = Object.entries(value).flatMap(([name, item]) => [
    ...flattened(item, path === '' ? name : `${path}.${name}`),
  ]);
  return new Map(entries);
}

function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw new UsageError(`The file is no YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
