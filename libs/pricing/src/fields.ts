/** Reads the fields of an object that a client sent, and collects what is wrong with them. */
import { didYouMean } from '@meterhouse/common';
import { decimal } from './decimal';
import type { Quantity } from './plan';

/** What is wrong with a field. */
export interface Problem {
  /** Its path: `prices.0.tiers.1.upTo`. */
  field: string;
  /** A sentence that begins with the path. */
  message: string;
}

/** Most problems that are said at once. */
const MAX_PROBLEMS = 20;

const DECIMAL = /^(0|[1-9]\d*)(?:\.(\d+))?$/;
const MAX_INTEGER_DIGITS = 12;
const MAX_DECIMALS = 12;

/** What a quantity may be, and what it is where it is left out. */
interface Bounds {
  above?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  preset?: Quantity;
}

/** A value that stands in for one that was refused. */
const NOTHING = '0';

export class Fields {
  private readonly values: Map<string, unknown>;
  private readonly known: string[] = [];

  /** @param path of the object with a dot at its end; empty for the outermost */
  constructor(
    value: unknown,
    private readonly path: string,
    private readonly problems: Problem[],
  ) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.values = new Map(isObject ? Object.entries(value) : []);
    if (!isObject) this.add(path.slice(0, -1) || 'body', `should be an object, but is ${quoted(value)}.`);
  }

  refuse(name: string, problem: string): void {
    this.add(`${this.path}${name}`, problem);
  }

  /** Refuses what was sent and not asked for. */
  end(): void {
    for (const name of this.values.keys()) {
      if (!this.known.includes(name)) {
        this.refuse(printable(name), `is not known here.${didYouMean(name, this.known)}`);
      }
    }
  }

  text(name: string, most: number): string {
    const isText = (value: string): boolean => value.trim() !== '' && value.length <= most && !/\p{Cc}/u.test(value);
    return this.matching(name, isText, `a text of 1 to ${most} characters`);
  }

  /** @param preset what is meant where the field is left out; without one it is required */
  matching(name: string, isRight: (value: string) => boolean, right: string, preset?: string): string {
    const value = this.value(name) ?? preset;
    if (typeof value === 'string' && isRight(value)) return value;
    this.refuse(name, `should be ${right}, but is ${quoted(value)}.`);
    return NOTHING;
  }

  oneOf<T extends string>(name: string, words: readonly T[], preset: T): T {
    const value = this.value(name) ?? preset;
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) {
      this.refuse(name, `should be one of ${words.join(', ')}, but is ${quoted(value)}.${didYouMean(value, words)}`);
    }
    return word ?? preset;
  }

  wholeNumber(name: string, min: number, max: number, preset: number): number {
    const value = this.value(name) ?? preset;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    this.refuse(name, `should be a whole number from ${min} to ${max}, but is ${quoted(value)}.`);
    return preset;
  }

  /** Money: a decimal string, since a number of JSON has no exact decimals. */
  amount(name: string, preset?: string): string {
    const value = this.value(name) ?? preset;
    const problem = typeof value === 'string' ? problemOfDecimal(value) : 'a decimal string such as "0.0025"';
    if (typeof value === 'string' && problem === null) return value;
    this.refuse(name, `should be ${problem}, but is ${quoted(value)}.`);
    return NOTHING;
  }

  amountOrNull(name: string): string | null {
    return (this.value(name) ?? null) === null ? null : this.amount(name);
  }

  /** A count, weight or percentage: a number, or a decimal string; as it was sent. */
  quantity(name: string, { above, from = '0', to, preset }: Bounds): Quantity {
    const value = this.value(name) ?? preset;
    const problem = problemOfQuantity(value, { above, from, to });
    if (problem === null && (typeof value === 'number' || typeof value === 'string')) return value;
    this.refuse(name, `should be ${problem}, but is ${quoted(value)}.`);
    return preset ?? NOTHING;
  }

  /** A number of units above 0. */
  unitsOrNull(name: string): Quantity | null {
    return (this.value(name) ?? null) === null ? null : this.quantity(name, { above: '0' });
  }

  /** A list of texts; where it is left out an empty one. */
  texts(name: string, form: RegExp, right: string, most: number): string[] {
    const value = this.value(name) ?? [];
    const isText = (item: unknown): item is string => typeof item === 'string' && form.test(item);
    if (Array.isArray(value) && value.length <= most && value.every(isText)) return value;
    const wrong: unknown = Array.isArray(value) ? value.find((item) => !isText(item)) : value;
    this.refuse(name, `should be a list of at most ${most} ${right}, but holds ${quoted(wrong ?? 'more')}.`);
    return [];
  }

  object(name: string): Fields {
    return new Fields(this.value(name) ?? {}, `${this.path}${name}.`, this.problems);
  }

  /** A list of objects; where it is left out an empty one. */
  list(name: string, most: number): Fields[] {
    const value = this.value(name) ?? [];
    if (Array.isArray(value) && value.length <= most) {
      return value.map((item, index) => new Fields(item, `${this.path}${name}.${index}.`, this.problems));
    }
    this.refuse(
      name,
      `should be a list of at most ${most}, but is ${Array.isArray(value) ? `${value.length} long` : quoted(value)}.`,
    );
    return [];
  }

  private value(name: string): unknown {
    this.known.push(name);
    return this.values.get(name);
  }

  private add(field: string, problem: string): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ field, message: `${field} ${problem}` });
  }
}

function problemOfQuantity(value: unknown, { above, from = '0', to }: Bounds): string | null {
  if (typeof value !== 'number' && typeof value !== 'string') return 'a number';
  const problem = problemOfDecimal(String(value));
  if (problem !== null) return problem;
  const quantity = decimal(value);
  if (above !== undefined) return quantity.gt(decimal(above)) ? null : `above ${above}`;
  const isWithin = quantity.gte(decimal(from)) && (to === undefined || quantity.lte(decimal(to)));
  return isWithin ? null : `from ${from} to ${to}`;
}

/** What a decimal should be, where it is not; null where it is right. */
function problemOfDecimal(value: string): string | null {
  if (/^-/.test(value)) return '0 or more, not negative';
  const [, whole, decimals = ''] = DECIMAL.exec(value) ?? [];
  if (whole === undefined) return 'a decimal such as "0.0025"';
  if (decimals.length > MAX_DECIMALS) return `a decimal of at most ${MAX_DECIMALS} decimals`;
  return whole.length > MAX_INTEGER_DIGITS
    ? `a decimal of at most ${MAX_INTEGER_DIGITS} digits before the point`
    : null;
}

function quoted(value: unknown): string {
  return `"${printable(typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)))}"`;
}

function printable(written: string): string {
  return written.replace(/[^\x20-\x7e]/g, '?').slice(0, 60);
}
