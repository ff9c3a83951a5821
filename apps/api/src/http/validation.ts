/** Checks queries, paths and bodies against their DTOs; what a DTO does not name is refused, not ignored. */
import { type ArgumentMetadata, type Type, ValidationPipe } from '@nestjs/common';
import { type ErrorCode, type ErrorDetail, didYouMean } from '@meterhouse/common';
import * as classTransformer from 'class-transformer';
import { Transform } from 'class-transformer';
import * as classValidator from 'class-validator';
import type { ValidationError } from 'class-validator';
import { ApiException } from './api-exception';

/** Parameters whose error has a code of its own. */
const CODES: Record<string, ErrorCode> = { timeframe: 'INVALID_TIMEFRAME', granularity: 'INVALID_GRANULARITY' };

/** Most details of one error; more do not help a reader. */
const MAX_DETAILS = 20;

/**
 * The name of the rule of a field that takes any JSON. Between request and DTO, objects lose names that every object has
 * anyhow, such as `__proto__` and `toString`; these fields pass as text, which `FromText` reads.
 */
export const ANY_JSON = 'anyJson';

/** For a field with the rule `ANY_JSON`. */
export function FromText(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }): unknown => (typeof value === 'string' ? JSON.parse(value) : value));
}

class ValidationFailed extends Error {
  constructor(readonly errors: ValidationError[]) {
    super();
  }
}

export class ContractValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validatorPackage: classValidator,
      transformerPackage: classTransformer,
      exceptionFactory: (errors) => new ValidationFailed(errors),
    });
  }

  /** @throws ApiException with one detail for each field that is wrong */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    refuseUndeclared(value, metadata);
    try {
      return (await super.transform(withText(value, metadata), metadata)) as unknown;
    } catch (error) {
      if (error instanceof ValidationFailed) throw toApiException(error.errors);
      throw error;
    }
  }
}

/** class-validator looks away from names such as `__proto__` and `constructor`; the contract does not. */
function refuseUndeclared(value: unknown, { metatype }: ArgumentMetadata): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !metatype) return;
  const known = propertyNames(metatype);
  if (known.length > 0) refuseUnknown(value, known);
}

/** The value with its fields of any JSON as text. */
function withText(value: unknown, { metatype }: ArgumentMetadata): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !metatype) return value;
  const free = rulesOf(metatype).flatMap(({ name, propertyName }) => (name === ANY_JSON ? propertyName : []));
  const texts = free.filter((name) => Object.hasOwn(value, name)).map((name) => [name, fieldText(value, name)]);
  return texts.length === 0 ? value : { ...value, ...Object.fromEntries(texts) };
}

function fieldText(value: object, name: string): string {
  return JSON.stringify(Object.getOwnPropertyDescriptor(value, name)?.value);
}

/** @throws ApiException INVALID_PARAMETERS naming the fields that are not known */
export function refuseUnknown(given: object, known: readonly string[]): void {
  const details = Object.getOwnPropertyNames(given)
    .filter((name) => !known.includes(name))
    .slice(0, MAX_DETAILS)
    .map((name) => unknownField(printable(name), known));
  if (details.length > 0)
    throw new ApiException('INVALID_PARAMETERS', details.map((d) => d.message).join(' '), details);
}

function unknownField(field: string, known: readonly string[]): ErrorDetail {
  return { field, message: `"${field}" is not known here.${didYouMean(field, known)}` };
}

function toApiException(errors: ValidationError[]): ApiException {
  const details = errors.flatMap((error) => describe(error, '')).slice(0, MAX_DETAILS);
  const code = errors.map((error) => CODES[error.property]).find((found) => found !== undefined);
  const message = details.map((detail) => detail.message).join(' ');
  return new ApiException(code ?? 'INVALID_PARAMETERS', message || 'The request is not valid.', details);
}

function describe(error: ValidationError, prefix: string): ErrorDetail[] {
  const field = printable(prefix + error.property);
  const nested = (error.children ?? []).flatMap((child) => describe(child, `${field}.`));
  const own = Object.entries(error.constraints ?? {})
    .slice(0, 1)
    .map(([rule, message]) => (rule === 'whitelistValidation' ? unknownField(field, []) : { field, message }));
  return [...own, ...nested];
}

/** The fields a DTO class declares, its parents' included. */
function propertyNames(dto: Type<unknown>): string[] {
  return [...new Set(rulesOf(dto).map((item) => item.propertyName))];
}

function rulesOf(dto: Type<unknown>): { name?: string | undefined; propertyName: string }[] {
  return classValidator.getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
}

/** A name a client sent, short and without control characters, fit for a message. */
function printable(name: string): string {
  return name.replace(/[^\x20-\x7e]/g, '?').slice(0, 80);
}
