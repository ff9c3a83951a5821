/** Decorators for the fields of a key. */
/// <reference lib="es2024.string" />
import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  type ValidationArguments,
} from 'class-validator';
import { quoted } from '../../http/fields';

/** Account ids as they may be written. */
export const ACCOUNT_ID = /^[A-Za-z0-9._:-]{1,64}$/;

/** A text of so many characters without space around it; half surrogate pairs, which no storage takes, are replaced. */
export function IsText(min: number, max: number): PropertyDecorator {
  const message = ({ property, value }: ValidationArguments): string =>
    value === undefined
      ? `${property} is required: a text of ${min} to ${max} characters.`
      : typeof value === 'string'
        ? `${property} should have ${min} to ${max} characters, but has ${value.length}.`
        : `${property} should be a text of ${min} to ${max} characters, but is ${quoted(value)}.`;
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toWellFormed().trim() : value)),
    MinLength(min, { message }),
    MaxLength(max, { message }),
    IsString({ message }),
  );
}

/** A whole number in a body. */
export function IsWholeNumber(min: number, max: number): PropertyDecorator {
  const message = ({ property, value }: ValidationArguments): string =>
    `${property} should be a whole number from ${min} to ${max}, but is ${quoted(value)}.`;
  return applyDecorators(Max(max, { message }), Min(min, { message }), IsInt({ message }));
}

export function IsAccountId(): PropertyDecorator {
  return Matches(ACCOUNT_ID, {
    message: ({ property, value }: ValidationArguments) =>
      `${property} should be 1 to 64 letters, digits or any of . _ : -, but is ${quoted(value)}.`,
  });
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;
/** The storage's times end with the year 2299. */
const LAST_INSTANT = Date.UTC(2300, 0, 1) - 1;

/** Epoch milliseconds of an ISO 8601 date (midnight UTC) or date and time with a zone; null when it is neither. */
export function parseInstant(text: string): number | null {
  const date = INSTANT.exec(text)?.[1];
  if (date === undefined) return null;
  // Date.parse takes the 30th of February for the 2nd of March.
  const day = Date.parse(date);
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) || at > LAST_INSTANT ? null : at;
}

/** An ISO 8601 time, before the year 2300. */
export function IsInstant(): PropertyDecorator {
  return ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && parseInstant(value) !== null,
      defaultMessage: (args?: ValidationArguments) =>
        `${args?.property} should be an ISO 8601 time with its zone, such as 2027-01-31T00:00:00Z, but is ${quoted(args?.value)}.`,
    },
  });
}

/** The most a key's metadata takes as JSON, in bytes. */
const MAX_METADATA = 4_096;

/** A JSON object of 4 KiB at most. */
export function IsMetadata(): PropertyDecorator {
  return ValidateBy({
    name: 'isMetadata',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Buffer.byteLength(JSON.stringify(value)) <= MAX_METADATA,
      defaultMessage: (args?: ValidationArguments) =>
        `${args?.property} should be a JSON object of at most ${MAX_METADATA} bytes.`,
    },
  });
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
