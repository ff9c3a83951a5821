/** Plans, for admins: `GET /plans`, their versions, what one would cost, and who has it. */
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
import type { Cost, Plan } from './use-cost';

export type PlanBody = components['schemas']['PlanBodyDto'];
type Plans = components['schemas']['PlansResponseDto'];
type PlanWithVersions = components['schemas']['PlanWithVersionsResponseDto'];
export type AccountPlan = components['schemas']['AccountPlanResponseDto'];
type Assignment = components['schemas']['AssignPlanDto'] & { accountId: string };

/** @param enabled false asks for none */
export function usePlanPage(
  query: { limit: number; offset: number },
  enabled = true,
): UseQueryResult<Plans, CallError> {
  return useQuery<Plans, CallError>({
    queryKey: ['plans', 'list', query],
    queryFn: ({ signal }) => unwrap(client.GET('/plans', { params: { query }, signal }), signal),
    enabled,
    placeholderData: keepPreviousData,
  });
}

/** @param planId null asks for none */
export function usePlan(planId: string | null): UseQueryResult<PlanWithVersions, CallError> {
  return useQuery<PlanWithVersions, CallError>({
    queryKey: ['plans', 'one', planId],
    queryFn: ({ signal }) =>
      unwrap(client.GET('/plans/{planId}', { params: { path: { planId: planId ?? '' } }, signal }), signal),
    enabled: planId !== null,
  });
}

/**
 * What the running billing period of an account would cost by a plan that is not stored.
 * @param accountId undefined asks for none
 */
export function usePlanPreview(accountId: string | undefined, body: PlanBody): UseQueryResult<Cost, CallError> {
  return useQuery<Cost, CallError>({
    queryKey: ['plans', 'preview', accountId, body],
    queryFn: ({ signal }) => {
      const params = { query: { accountId: accountId ?? '', period: 'current' } };
      return unwrap(client.POST('/plans/preview', { params, body, signal }), signal);
    },
    enabled: accountId !== undefined,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

/** Makes a plan, or a new version of one. @param planId undefined: a new plan */
export function useSavePlan(planId: string | undefined): UseMutationResult<Plan, CallError, PlanBody> {
  const queries = useQueryClient();
  return useMutation<Plan, CallError, PlanBody>({
    mutationFn: async (body) => {
      if (planId === undefined) return (await unwrap(client.POST('/plans', { body }))).plan;
      return (await unwrap(client.PUT('/plans/{planId}', { params: { path: { planId } }, body }))).plan;
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['plans'] });
      void queries.invalidateQueries({ queryKey: ['cost'] });
    },
  });
}

export function useAssignPlan(): UseMutationResult<AccountPlan, CallError, Assignment> {
  const queries = useQueryClient();
  return useMutation<AccountPlan, CallError, Assignment>({
    mutationFn: ({ accountId, ...body }) =>
      unwrap(client.PUT('/accounts/{accountId}/plan', { params: { path: { accountId } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['cost'] }),
  });
}
