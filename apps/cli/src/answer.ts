/** Reads the service's JSON answers field by field, so that a wrong service is noticed and nothing is cast. */
import { CliError } from './errors';

export class Answer {
  private readonly fields: Map<string, unknown>;

  /** @throws CliError when the value is not an object */
  constructor(value: unknown) {
    if (typeof value !== 'object' || value === null) throw unexpected('an object');
    this.fields = new Map(Object.entries(value));
  }

  text(name: string): string {
    return this.field(name, (value) => typeof value === 'string', 'a text');
  }

  textOrNull(name: string): string | null {
    return this.isNull(name) ? null : this.text(name);
  }

  number(name: string): number {
    return this.field(name, (value) => typeof value === 'number', 'a number');
  }

  numberOrNull(name: string): number | null {
    return this.isNull(name) ? null : this.number(name);
  }

  boolean(name: string): boolean {
    return this.field(name, (value) => typeof value === 'boolean', 'true or false');
  }

  object(name: string): Answer {
    return new Answer(this.fields.get(name));
  }

  list(name: string): unknown[] {
    return this.field(name, (value) => Array.isArray(value), 'a list');
  }

  texts(name: string): string[] {
    return this.list(name).map((item) => {
      if (typeof item !== 'string') throw unexpected(`texts in "${name}"`);
      return item;
    });
  }

  /** Whatever the field holds; undefined when there is none. */
  unknown(name: string): unknown {
    return this.fields.get(name);
  }

  /** All of its fields. */
  all(): Record<string, unknown> {
    return Object.fromEntries(this.fields);
  }

  private isNull(name: string): boolean {
    return (this.fields.get(name) ?? null) === null;
  }

  /** @param right what the field should be, for the message */
  private field<T>(name: string, isRight: (value: unknown) => value is T, right: string): T {
    const value = this.fields.get(name);
    if (!isRight(value)) throw unexpected(`${right} in "${name}"`);
    return value;
  }
}

function unexpected(what: string): CliError {
  return new CliError(`The answer does not look like Meterhouse's (expected ${what}); check --url or METERHOUSE_URL.`);
}
