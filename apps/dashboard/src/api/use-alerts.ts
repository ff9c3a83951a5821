/** `GET /alerts`, silences, and what is done about alerts. */
import {
  type UseMutationResult,
  type UseQueryResult,
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type CallError, client, unwrap } from './client';
import type { components, paths } from './schema';

export type Alert = components['schemas']['AlertOfRuleDto'];
export type Alerts = components['schemas']['AlertsDto'];
export type AlertsQuery = NonNullable<paths['/alerts']['get']['parameters']['query']>;
export type Severity = components['schemas']['Severity'];
export type Silence = components['schemas']['SilenceDto'];
export type CreateSilence = components['schemas']['CreateSilenceDto'];
type Silences = components['schemas']['SilencesDto'];

/** Windows end every minute at most. */
const AGAIN_MS = 15_000;

/** @param open only alerts that have not ended */
export function useAlerts(query: AlertsQuery, open = false): UseQueryResult<Alerts, CallError> {
  return useQuery<Alerts, CallError>({
    queryKey: ['alerts', 'list', open, query],
    queryFn: ({ signal }) => {
      const asked = open ? { ...query, from: new Date().toISOString() } : query;
      return unwrap(client.GET('/alerts', { params: { query: asked }, signal }), signal);
    },
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  });
}

export function useAlert(alertId: string): UseQueryResult<Alert, CallError> {
  return useQuery<Alert, CallError>({
    queryKey: ['alerts', 'one', alertId],
    queryFn: async ({ signal }) =>
      (await unwrap(client.GET('/alerts/{alertId}', { params: { path: { alertId } }, signal }), signal)).alert,
    refetchInterval: AGAIN_MS,
  });
}

export function useSilences(accountId: string | undefined): UseQueryResult<Silences, CallError> {
  const query = { ...(accountId === undefined ? {} : { accountId }), limit: 1_000 };
  return useQuery<Silences, CallError>({
    queryKey: ['alerts', 'silences', query],
    queryFn: ({ signal }) => unwrap(client.GET('/alerts/silences', { params: { query }, signal }), signal),
    placeholderData: keepPreviousData,
  });
}

/** After a change all of it is asked for again. */
function useChange<Sent>(change: (sent: Sent) => Promise<unknown>): UseMutationResult<unknown, CallError, Sent> {
  const queries = useQueryClient();
  return useMutation<unknown, CallError, Sent>({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alerts'] }),
  });
}

export function useAcknowledge(alertId: string): UseMutationResult<unknown, CallError, void> {
  return useChange(() => unwrap(client.POST('/alerts/{alertId}/acknowledge', { params: { path: { alertId } } })));
}

export function useCreateSilence(): UseMutationResult<unknown, CallError, CreateSilence> {
  return useChange((body) => unwrap(client.POST('/alerts/silences', { body })));
}

/** Takes the id of the silence. */
export function useEndSilence(): UseMutationResult<unknown, CallError, string> {
  return useChange((silenceId) =>
    unwrap(client.DELETE('/alerts/silences/{silenceId}', { params: { path: { silenceId } } })),
  );
}
