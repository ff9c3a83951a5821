/** A plan as a form has it, all as typed, and as the service takes it: amounts stay text. */
import type { Plan } from '../api/use-cost';
import type { PlanBody } from '../api/use-plans';

type Price = Plan['prices'][number];

export interface PriceForm {
  /** Stays in all versions; empty for a new price, whose id the service makes. */
  id: string;
  name: string;
  /** Several are separated by commas or spaces. */
  endpoint: string;
  method: string;
  statusCode: string;
  unit: NonNullable<Price['unit']>;
  weight: string;
  model: NonNullable<Price['model']>;
  includedUnits: string;
  packageSize: string;
  /** One a line: up to how many units, what one costs, what is due once. */
  tiers: string;
}

export const PLAN_TEXTS = [
  ...(['name', 'currency', 'timezone', 'anchorDay', 'flatFee', 'freeStatuses'] as const),
  ...(['discountPercent', 'minimum', 'maximum', 'effectiveFrom'] as const),
] as const;
export type PlanText = (typeof PLAN_TEXTS)[number];
export type PlanForm = Readonly<Record<PlanText, string>> & { readonly prices: readonly PriceForm[] };

export const NEW_PRICE: PriceForm = {
  ...{ id: '', name: 'Requests', endpoint: '', method: '', statusCode: '', unit: 'requests', weight: '1' },
  ...{ model: 'unit', includedUnits: '0', packageSize: '', tiers: '* 0.001' },
};

export function newPlanForm(timezone: string): PlanForm {
  return {
    ...{ name: '', currency: 'USD', timezone, anchorDay: '1', flatFee: '0', freeStatuses: '5xx, 429' },
    ...{ discountPercent: '0', minimum: '', maximum: '', effectiveFrom: '', prices: [NEW_PRICE] },
  };
}

/** The form of a new version of a plan, which holds from now on. */
export function planForm(plan: Plan): PlanForm {
  return {
    name: plan.name,
    currency: plan.currency,
    timezone: plan.timezone,
    anchorDay: String(plan.anchorDay),
    flatFee: plan.flatFee,
    freeStatuses: plan.freeStatuses.join(', '),
    discountPercent: String(plan.discountPercent),
    minimum: plan.minimum ?? '',
    maximum: plan.maximum ?? '',
    effectiveFrom: '',
    prices: plan.prices.map(priceForm),
  };
}

function priceForm({ match, tiers, ...price }: Price): PriceForm {
  return {
    id: price.id ?? '',
    name: price.name,
    endpoint: (match?.endpoint ?? []).join(', '),
    method: (match?.method ?? []).join(', '),
    statusCode: (match?.statusCode ?? []).join(', '),
    unit: price.unit ?? 'requests',
    weight: String(price.weight ?? 1),
    model: price.model ?? 'unit',
    includedUnits: String(price.includedUnits ?? 0),
    packageSize: String(price.packageSize ?? ''),
    tiers: tiers.map(tierLine).join('\n'),
  };
}

function tierLine({ upTo, unitAmount, flatAmount }: Price['tiers'][number]): string {
  const once = flatAmount === undefined || /^0*(\.0*)?$/.test(flatAmount) ? [] : [flatAmount];
  return [upTo ?? '*', unitAmount, ...once].join(' ');
}

/** What the service takes; what is empty is left out, and has its default. */
export function planBody({ prices, anchorDay, freeStatuses, ...texts }: PlanForm): PlanBody {
  const sent = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
  const body = {
    ...sent,
    name: texts.name.trim(),
    currency: texts.currency.trim().toUpperCase(),
    ...(anchorDay.trim() === '' ? {} : { anchorDay: Number(anchorDay) }),
    freeStatuses: listOf(freeStatuses),
    prices: prices.map(priceBody),
  };
  // The service checks what is typed, and names the field that is wrong.
  return body as PlanBody;
}

function priceBody({ id, packageSize, model, tiers, ...price }: PriceForm): unknown {
  return {
    ...(id === '' ? {} : { id }),
    name: price.name.trim(),
    match: { endpoint: listOf(price.endpoint), method: listOf(price.method), statusCode: listOf(price.statusCode) },
    unit: price.unit,
    ...(price.weight.trim() === '' ? {} : { weight: price.weight.trim() }),
    model,
    ...(price.includedUnits.trim() === '' ? {} : { includedUnits: price.includedUnits.trim() }),
    ...(model === 'package' ? { packageSize: packageSize.trim() } : {}),
    tiers: tiers
      .split('\n')
      .map((line) => line.trim().split(/[\s,;]+/))
      .filter(([first]) => first !== '')
      .map(tierBody),
  };
}

/** A line with one text alone is what each unit costs. */
function tierBody(texts: readonly string[]): unknown {
  const [upTo = '', unitAmount = '', flatAmount] = texts.length === 1 ? ['*', ...texts] : texts;
  return { upTo: upTo === '*' ? null : upTo, unitAmount, ...(flatAmount === undefined ? {} : { flatAmount }) };
}

function listOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((item) => item !== '');
}
