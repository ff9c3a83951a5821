/** Decorators for the fields of maintenance. */
import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches, ValidateBy, type ValidationArguments } from 'class-validator';
import { quoted } from '../../http/fields';
import { parseDateOrInstant } from '../range';

/** Account and key ids as they may be written. */
export const ID_PATTERN = '^[A-Za-z0-9._:-]{1,128}$';

export function IsId(): PropertyDecorator {
  return Matches(new RegExp(ID_PATTERN), {
    message: ({ property, value }: ValidationArguments) =>
      `${property} should be 1 to 128 letters, digits or any of . _ : -, but is ${quoted(value)}.`,
  });
}

/** An optional date or instant, documented. */
export function OptionalInstant(description: string, example: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description, type: String, example }),
    IsOptional(),
    ValidateBy({
      name: 'isDateOrInstant',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && !Number.isNaN(parseDateOrInstant(value)),
        defaultMessage: (args?: ValidationArguments) =>
          `${args?.property} should be a date such as 2026-03-01 (midnight UTC) or an ISO 8601 time with its zone such as 2026-03-01T12:00:00Z, but is ${quoted(args?.value)}.`,
      },
    }),
  );
}
