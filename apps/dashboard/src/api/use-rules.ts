/** Alert rules: `GET /alerts/rules`, their changes, and what they would have done. */
import {
  type UseMutationResult,
  type UseQueryResult,
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type CallError, client, unwrap } from './client';
import type { components } from './schema';
import type { Condition, RuleBody, RuleFilters, Schedule } from '../rules/rule';

type Answered = components['schemas']['RuleDto'];
/** The document leaves open what depends on other fields. */
export type Rule = Omit<Answered, 'condition' | 'filters' | 'schedule' | 'breaching'> & {
  condition: Condition;
  filters: RuleFilters;
  schedule: Schedule | null;
  breaching: { windows: number; of: number };
};
/** Of which each field may be left out, though the document gives some a default. */
type Changes = components['schemas']['UpdateRuleDto'];
export type Preview = components['schemas']['PreviewDto'];
export const PREVIEW_TIMEFRAMES = ['7d', '30d', '90d'] as const;
export type PreviewTimeframe = (typeof PREVIEW_TIMEFRAMES)[number];

export interface Rules {
  rules: Rule[];
  pagination: components['schemas']['ListPaginationDto'];
}

/** The service checks what its document leaves open. */
const ruleOf = (answered: Answered): Rule => answered as unknown as Rule;

/** As many as an account may have. */
const ALL = 1_000;
const AGAIN_MS = 30_000;

interface Page {
  accountId?: string | undefined;
  limit?: number;
  offset?: number;
}

export function useRules({ accountId, limit = ALL, offset = 0 }: Page): UseQueryResult<Rules, CallError> {
  const query = { ...(accountId === undefined ? {} : { accountId }), limit, offset };
  return useQuery<Rules, CallError>({
    queryKey: ['rules', 'list', query],
    queryFn: async ({ signal }) => {
      const answer = await unwrap(client.GET('/alerts/rules', { params: { query }, signal }), signal);
      return { ...answer, rules: answer.rules.map(ruleOf) };
    },
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  });
}

/** @param ruleId null asks for none */
export function useRule(ruleId: string | null): UseQueryResult<Rule, CallError> {
  return useQuery<Rule, CallError>({
    queryKey: ['rules', 'one', ruleId],
    queryFn: async ({ signal }) => {
      const call = client.GET('/alerts/rules/{ruleId}', { params: { path: { ruleId: ruleId ?? '' } }, signal });
      return ruleOf((await unwrap(call, signal)).rule);
    },
    enabled: ruleId !== null,
  });
}

/**
 * What a rule would have done.
 * @param rule null asks for none
 */
export function usePreview(rule: RuleBody | null, timeframe: PreviewTimeframe): UseQueryResult<Preview, CallError> {
  return useQuery<Preview, CallError>({
    queryKey: ['rules', 'preview', rule, timeframe],
    queryFn: ({ signal }) =>
      unwrap(client.POST('/alerts/rules/preview', { body: { rule: { ...rule }, timeframe }, signal }), signal),
    enabled: rule !== null,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

/** A change of a rule, which may end alerts. */
function useRuleChange<Sent>(
  change: (sent: Sent) => Promise<{ rule: Answered }>,
): UseMutationResult<Rule, CallError, Sent> {
  const queries = useQueryClient();
  return useMutation<Rule, CallError, Sent>({
    mutationFn: async (sent) => ruleOf((await change(sent)).rule),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['rules'] });
      void queries.invalidateQueries({ queryKey: ['alerts'] });
    },
  });
}

const at = (ruleId: string) => ({ path: { ruleId } });

export function useCreateRule(): UseMutationResult<Rule, CallError, RuleBody> {
  return useRuleChange((body) => unwrap(client.POST('/alerts/rules', { body })));
}

export function useUpdateRule(): UseMutationResult<Rule, CallError, { id: string; changes: Partial<RuleBody> }> {
  return useRuleChange(({ id, changes }) =>
    unwrap(client.PATCH('/alerts/rules/{ruleId}', { params: at(id), body: changes as Changes })),
  );
}

export function useDeleteRule(ruleId: string): UseMutationResult<Rule, CallError, void> {
  return useRuleChange(() => unwrap(client.DELETE('/alerts/rules/{ruleId}', { params: at(ruleId) })));
}
