/** Fields of rules as bodies have them: their values depend on each other, so that `readRule` checks them all together. */
import { type ApiPropertyOptions, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { ANY_JSON, FromText } from '../../../http/validation';

/** A documented field that takes any JSON. */
export function BodyField(options: ApiPropertyOptions, required = false): PropertyDecorator {
  return applyDecorators(
    required ? ApiProperty(options) : ApiPropertyOptional(options),
    FromText(),
    ValidateBy({ name: ANY_JSON, validator: { validate: () => true } }),
  );
}
