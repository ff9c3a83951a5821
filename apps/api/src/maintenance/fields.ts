/** Decorators for the fields of maintenance. */
import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, type ValidationArguments } from 'class-validator';
import { IsInstant, quoted } from '../http/fields';

/** An optional date or instant, documented. */
export function OptionalInstant(description: string, example: string): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ description, type: String, example }), IsOptional(), IsInstant());
}

/** An optional true or false, documented; false by default. */
export function OptionalFlag(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description, type: Boolean, default: false, example: true }),
    IsOptional(),
    IsBoolean({
      message: ({ property, value }: ValidationArguments) =>
        `${property} should be true or false, but is ${quoted(value)}.`,
    }),
  );
}
