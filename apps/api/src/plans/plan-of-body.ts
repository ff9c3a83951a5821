import { type Plan, readPlan } from '@meterhouse/pricing';
import { ApiException } from '../http/api-exception';
import type { PlanBodyDto } from './plan-body';

/**
 * The plan of a body, with its defaults filled in.
 * @throws ApiException INVALID_PARAMETERS with a detail for each field that is wrong
 */
export function planOfBody({ effectiveFrom: _, ...body }: PlanBodyDto): Plan {
  const sent = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  const read = readPlan(sent);
  if ('plan' in read) return read.plan;
  const message = read.problems.map((problem) => problem.message).join(' ');
  throw new ApiException('INVALID_PARAMETERS', message, [...read.problems]);
}
