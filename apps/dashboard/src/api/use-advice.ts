/** `GET /usage/advice` for a view, and dismissing what is of no use. */
import {
  type UseMutationResult,
  type UseQueryResult,
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { View } from '../state/view';
import { type CallError, client, unwrap } from './client';
import type { components } from './schema';

export type Advice = components['schemas']['AdviceDto'];
export type AdviceAnswer = components['schemas']['AdviceResponseDto'];

/** @param asked whether there is somebody to ask about: an admin names an account */
export function useAdvice(view: View, zone: string, asked: boolean): UseQueryResult<AdviceAnswer, CallError> {
  const { account, period, filters } = view;
  const query = {
    ...(account === undefined ? {} : { accountId: account }),
    ...period,
    timezone: zone,
    ...Object.fromEntries(Object.entries(filters).filter(([, values]) => values.length > 0)),
  };
  return useQuery<AdviceAnswer, CallError>({
    queryKey: ['advice', query],
    queryFn: ({ signal }) => unwrap(client.GET('/usage/advice', { params: { query }, signal }), signal),
    enabled: asked,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** Takes why; empty: no reason. */
export function useDismiss(adviceId: string): UseMutationResult<unknown, CallError, string> {
  const queries = useQueryClient();
  return useMutation<unknown, CallError, string>({
    mutationFn: (reason) => {
      const body = reason.trim() === '' ? {} : { reason: reason.trim() };
      return unwrap(client.POST('/usage/advice/{adviceId}/dismiss', { params: { path: { adviceId } }, body }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['advice'] }),
  });
}
