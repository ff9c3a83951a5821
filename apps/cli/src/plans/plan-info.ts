/** Plans as the service answers them. */
import { Answer } from '../answer';

export interface PlanInfo {
  id: string;
  version: number;
  name: string;
  currency: string;
  effectiveFrom: string;
  /** What the plan says, without its id, version and instant. */
  body: Record<string, unknown>;
}

export function readPlan(answer: Answer): PlanInfo {
  const { id: _id, version: _version, effectiveFrom: _from, ...body } = answer.all();
  return {
    id: answer.text('id'),
    version: answer.number('version'),
    name: answer.text('name'),
    currency: answer.text('currency'),
    effectiveFrom: answer.text('effectiveFrom'),
    body,
  };
}
