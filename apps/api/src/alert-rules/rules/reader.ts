/** Reads what a client sent field by field, and notes what is wrong with each. */
import { type ErrorDetail, controlIn, didYouMean } from '@meterhouse/common';
import { ApiException } from '../../http/api-exception';
import { quoted } from '../../http/fields';

type Json = Readonly<Record<string, unknown>>;

/** An object of a body. What is read of it is right, or `check` throws. */
export class Reader {
  private constructor(
    private readonly value: Json,
    private readonly prefix: string,
    private readonly details: ErrorDetail[],
  ) {}

  static of(body: object): Reader {
    return new Reader({ ...body }, '', []);
  }

  /** @throws ApiException INVALID_PARAMETERS with each field that is wrong */
  check(): void {
    const shown = this.details.slice(0, 20);
    if (shown.length === 0) return;
    throw new ApiException('INVALID_PARAMETERS', shown.map(({ message }) => message).join(' '), shown);
  }

  has(name: string): boolean {
    return this.value[name] !== undefined;
  }

  /** The field as it was sent. */
  raw(name: string): unknown {
    return this.value[name];
  }

  /** All fields as they were sent. */
  all(): Json {
    return this.value;
  }

  wrong(name: string, right: string): void {
    const value = this.value[name];
    const is = value === undefined ? 'is missing' : `is ${quoted(value)}`;
    this.refuse(name, `should be ${right}, but ${is}.`);
  }

  refuse(name: string, problem: string): void {
    const field = this.prefix + name;
    if (!this.details.some((detail) => detail.field === field))
      this.details.push({ field, message: `${field} ${problem}` });
  }

  known(names: readonly string[]): void {
    for (const name of Object.keys(this.value)) {
      if (!names.includes(name)) this.refuse(name.slice(0, 80), `is not known here.${didYouMean(name, names)}`);
    }
  }

  text(name: string, max: number): string {
    const value = this.value[name];
    const text = typeof value === 'string' ? value.toWellFormed().trim() : '';
    if (typeof value !== 'string' || text.length < 1 || text.length > max) {
      this.wrong(name, `a text of 1 to ${max} characters`);
    } else if (controlIn(value) !== null) {
      this.refuse(name, 'should not hold control characters.');
    }
    return text;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], otherwise?: T): T {
    const value = this.value[name];
    if (value === undefined && otherwise !== undefined) return otherwise;
    const found = allowed.find((word) => word === value);
    if (found === undefined)
      this.refuse(
        name,
        `should be one of ${allowed.join(', ')}, but is ${quoted(value)}.${didYouMean(value, allowed)}`,
      );
    return found ?? allowed[0] ?? never();
  }

  number(name: string, min: number, max: number, otherwise?: number): number {
    return this.inRange(name, min, max, 'a number', Number.isFinite, otherwise);
  }

  whole(name: string, min: number, max: number, otherwise?: number): number {
    return this.inRange(name, min, max, 'a whole number', Number.isSafeInteger, otherwise);
  }

  private inRange(
    name: string,
    min: number,
    max: number,
    kind: string,
    is: (value: unknown) => boolean,
    otherwise?: number,
  ): number {
    const value = this.value[name];
    if (value === undefined && otherwise !== undefined) return otherwise;
    if (typeof value === 'number' && is(value) && value >= min && value <= max) return value;
    this.wrong(name, `${kind} from ${min} to ${max}`);
    return min;
  }

  boolean(name: string, otherwise: boolean): boolean {
    const value = this.value[name];
    if (value === undefined) return otherwise;
    if (typeof value !== 'boolean') this.wrong(name, 'true or false');
    return value === true;
  }

  /** A list of different values; empty where it is left out or null. */
  list<T extends string | number>(name: string, max: number, right: string, of: (item: unknown) => T | null): T[] {
    const value = this.value[name] ?? [];
    const read = Array.isArray(value) ? value.map(of) : [null];
    const items = read.filter((item) => item !== null);
    if (items.length < read.length) this.refuse(name, `should be a list of ${right}.`);
    else if (items.length > max) this.refuse(name, `should list at most ${max} values.`);
    else if (new Set(items).size < items.length) this.refuse(name, 'should list each value once.');
    return items;
  }

  /** What `read` makes of an object in a field; undefined where it is left out or null. */
  object<T>(name: string, right: string, read: (reader: Reader) => T): T | undefined {
    const value = this.value[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'object' || Array.isArray(value)) {
      this.wrong(name, right);
      return undefined;
    }
    return read(new Reader({ ...value }, `${this.prefix}${name}.`, this.details));
  }
}

function never(): never {
  throw new Error('A list of words is empty.');
}
