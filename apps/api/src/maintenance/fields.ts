/** Decorators for the fields of maintenance. */
import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsInstant } from '../http/fields';

/** An optional date or instant, documented. */
export function OptionalInstant(description: string, example: string): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ description, type: String, example }), IsOptional(), IsInstant());
}
