import type { Type } from '@nestjs/common';
import { ApiException } from '../../apps/api/src/http/api-exception';
import { ContractValidationPipe } from '../../apps/api/src/http/validation';

/** The error of a query or body that does not fit a DTO; null where it fits. */
export async function refusalOf(dto: Type<unknown>, type: 'query' | 'body', value: object): Promise<string | null> {
  try {
    await new ContractValidationPipe().transform(value, { type, metatype: dto });
    return null;
  } catch (error) {
    if (error instanceof ApiException) return error.message;
    throw error;
  }
}
