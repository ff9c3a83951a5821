/** Decorators for the fields of a key. */
/// <reference lib="es2024.string" />
import { applyDecorators } from '@nestjs/common';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import { controlIn } from '@meterhouse/common';
import { ANY_JSON, FromText } from '../http/validation';

/** The most a key's metadata takes as JSON, in bytes. */
const MAX_METADATA = 4_096;

/** A JSON object of 4 KiB at most, without control characters in its names and texts. */
export function IsMetadata(): PropertyDecorator {
  const problemOf = (value: unknown): string | null => {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject || Buffer.byteLength(JSON.stringify(value)) > MAX_METADATA) {
      return `should be a JSON object of at most ${MAX_METADATA} bytes`;
    }
    const control = textsIn(value)
      .map(controlIn)
      .find((found) => found !== null);
    return control === undefined
      ? null
      : `should not hold control characters in its names and texts, but holds ${control}`;
  };
  return applyDecorators(
    FromText(),
    ValidateBy({
      name: ANY_JSON,
      validator: {
        validate: (value: unknown) => problemOf(value) === null,
        defaultMessage: (args?: ValidationArguments) => `${args?.property} ${problemOf(args?.value)}.`,
      },
    }),
  );
}

/** Every name and text in a JSON value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [name, ...textsIn(item)]);
}

/** The value with every text in it made well-formed, as `IsText` does. */
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return wellFormedObject(value);
}

/** `wellFormed`, for an object. */
export function wellFormedObject(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name.toWellFormed(), wellFormed(item)]));
}
