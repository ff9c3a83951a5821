/** A decorator for DTO fields that hold a text. */
/// <reference lib="es2024.string" />
import { applyDecorators } from '@nestjs/common';
import { controlIn } from '@meterhouse/common';
import { Transform } from 'class-transformer';
import { IsString, MaxLength, MinLength, ValidateBy, type ValidationArguments } from 'class-validator';
import { quoted } from './fields';

/**
 * A text of so many characters without control characters and without space around it; half surrogate pairs, which no storage
 * takes, are replaced.
 */
export function IsText(min: number, max: number): PropertyDecorator {
  const message = ({ property, value }: ValidationArguments): string =>
    value === undefined
      ? `${property} is required: a text of ${min} to ${max} characters.`
      : typeof value === 'string'
        ? `${property} should have ${min} to ${max} characters, but has ${value.length}.`
        : `${property} should be a text of ${min} to ${max} characters, but is ${quoted(value)}.`;
  return applyDecorators(
    // A line break at an end is not a space: it is refused as anywhere else.
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? (controlIn(value) === null ? value.toWellFormed().trim() : value) : value,
    ),
    ValidateBy({
      name: 'holdsNoControls',
      validator: {
        validate: (value: unknown) => typeof value !== 'string' || controlIn(value) === null,
        defaultMessage: (args?: ValidationArguments) =>
          `${args?.property} should not hold control characters, but holds ${controlIn(String(args?.value))}.`,
      },
    }),
    MinLength(min, { message }),
    MaxLength(max, { message }),
    IsString({ message }),
  );
}
