/** Decorators for DTO fields whose messages say what was wrong, what would be right, and the likely value. */
import { applyDecorators } from '@nestjs/common';
import { ACCOUNT_ID, KEY_ID, didYouMean, idRule, iso, parseDateOrInstant } from '@meterhouse/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateBy,
  type ValidationArguments,
} from 'class-validator';

/** What a client sent, quoted and cut, for a message. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `"${text.replace(/[^\x20-\x7e]/g, '?').slice(0, 60)}"`;
}

/** One of a fixed list of words. */
export function IsOneOf(allowed: readonly string[]): PropertyDecorator {
  return applyDecorators(
    IsIn(allowed, {
      message: ({ property, value }: ValidationArguments) =>
        `${property} should be one of ${allowed.join(', ')}, but is ${quoted(value)}.${didYouMean(value, allowed)}`,
    }),
  );
}

/**
 * A list in a body of some of a fixed list of words, at least one.
 * @param kind what one of them is, for the messages
 */
export function IsSomeOf(allowed: readonly string[], kind: string): PropertyDecorator {
  const words = allowed.join(', ');
  return applyDecorators(
    IsArray({ message: `$property should be a list of some of ${words}.` }),
    ArrayNotEmpty({ message: `$property should name at least one ${kind}, or be left out for the default.` }),
    ArrayUnique({ message: `$property should name each ${kind} once.` }),
    IsIn(allowed, {
      each: true,
      message: ({ property, value }: ValidationArguments) => {
        const wrong: unknown = [value].flat().find((item) => !allowed.some((word) => word === item));
        return `${property} should be some of ${words}, but holds ${quoted(wrong)}.${didYouMean(wrong, allowed)}`;
      },
    }),
  );
}

/** `true` or `false`, as a query writes them. */
export function IsQueryBoolean(): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean({
      message: ({ property, value }: ValidationArguments) =>
        `${property} should be true or false, but is ${quoted(value)}.`,
    }),
  );
}

/** A whole number in a query. */
export function IsQueryInteger(min: number, max: number): PropertyDecorator {
  const message = ({ property, value }: ValidationArguments): string =>
    `${property} should be a whole number from ${min} to ${max}, but is ${quoted(value)}.`;
  return applyDecorators(
    IsOptional(),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value,
    ),
    Max(max, { message }),
    Min(min, { message }),
    IsInt({ message }),
  );
}

/** A whole number in a body. */
export function IsWholeNumber(min: number, max: number): PropertyDecorator {
  const message = ({ property, value }: ValidationArguments): string =>
    `${property} should be a whole number from ${min} to ${max}, but is ${quoted(value)}.`;
  return applyDecorators(Max(max, { message }), Min(min, { message }), IsInt({ message }));
}

/** Values that one parameter of a query may list. */
const MAX_LISTED = 50;

/**
 * Values of a query parameter that may be repeated, and listed with commas where values hold none. Always an array.
 * @param right what a value should be, for the message
 */
export function IsQueryList(value: RegExp, right: string, separator: ',' | null = ','): PropertyDecorator {
  return applyDecorators(
    Transform(({ value: given }: { value: unknown }) =>
      (Array.isArray(given) ? given : [given]).flatMap((item: unknown) =>
        typeof item === 'string' && separator !== null ? item.split(separator).map((part) => part.trim()) : [item],
      ),
    ),
    ArrayMaxSize(MAX_LISTED, { message: `$property should list at most ${MAX_LISTED} values.` }),
    Matches(value, {
      each: true,
      message: ({ property, value: given }: ValidationArguments) =>
        `${property} should be ${right}, but is ${quoted(Array.isArray(given) ? given.join(',') : given)}.`,
    }),
  );
}

export function IsAccountId(): PropertyDecorator {
  return isId(ACCOUNT_ID, 64);
}

export function IsKeyId(): PropertyDecorator {
  return isId(KEY_ID, 128);
}

function isId(form: RegExp, length: 64 | 128): PropertyDecorator {
  return Matches(form, {
    message: ({ property, value }: ValidationArguments) =>
      `${property} should be ${idRule(length)}, but is ${quoted(value)}.`,
  });
}

/**
 * The documented field `accountId` of a call that may leave it out.
 *
 *     \@OptionalAccountId('Admins only: the account to read. Left out, an admin reads all accounts together.')
 *     accountId?: string;
 */
export function OptionalAccountId(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description, type: String, example: 'acme', pattern: ACCOUNT_ID.source }),
    IsOptional(),
    IsAccountId(),
  );
}

/**
 * A text with an ISO 8601 date, or a date and time with its zone: what `parseDateOrInstant` reads.
 * @param before the first instant, in epoch milliseconds, that is refused
 * @param from the first that is not
 */
export function IsInstant({ from = -Infinity, before = Infinity } = {}): PropertyDecorator {
  const problemOf = (value: unknown): string | null => {
    const at = typeof value === 'string' ? parseDateOrInstant(value) : NaN;
    if (Number.isNaN(at))
      return 'a date such as 2026-03-01, or an ISO 8601 time with its zone such as 2026-03-01T12:00:00Z';
    if (at < from) return `${iso(from)} or after`;
    return at < before ? null : `before ${iso(before)}`;
  };
  return applyDecorators(
    // A plus sign that was not encoded in a query comes as a space.
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.replace(/ (?=\d{2}(?::?\d{2})?$)/, '+') : value,
    ),
    ValidateBy({
      name: 'isInstant',
      validator: {
        validate: (value: unknown) => problemOf(value) === null,
        defaultMessage: (args?: ValidationArguments) =>
          `${args?.property} should be ${problemOf(args?.value)}, but is ${quoted(args?.value)}.`,
      },
    }),
  );
}
