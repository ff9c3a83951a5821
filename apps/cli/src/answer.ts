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
    const value = this.fields.get(name);
    if (typeof value !== 'string') throw unexpected(`a text in "${name}"`);
    return value;
  }

  textOrNull(name: string): string | null {
    const value = this.fields.get(name) ?? null;
    return value === null ? null : this.text(name);
  }

  number(name: string): number {
    const value = this.fields.get(name);
    if (typeof value !== 'number') throw unexpected(`a number in "${name}"`);
    return value;
  }

  numberOrNull(name: string): number | null {
    const value = this.fields.get(name) ?? null;
    return value === null ? null : this.number(name);
  }

  boolean(name: string): boolean {
    const value = this.fields.get(name);
    if (typeof value !== 'boolean') throw unexpected(`true or false in "${name}"`);
    return value;
  }

  object(name: string): Answer {
    return new Answer(this.fields.get(name));
  }

  list(name: string): unknown[] {
    const value = this.fields.get(name);
    if (!Array.isArray(value)) throw unexpected(`a list in "${name}"`);
    return value;
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
}

function unexpected(what: string): CliError {
  return new CliError(`The answer does not look like Meterhouse's (expected ${what}); check --url or METERHOUSE_URL.`);
}
