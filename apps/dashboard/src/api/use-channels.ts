/** Channels of alerts, their log, and what is done to them. */
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

export type Channel = components['schemas']['ChannelDto'];
export type ChannelType = components['schemas']['ChannelType'];
export type Channels = components['schemas']['ChannelsDto'];
export type Delivery = components['schemas']['DeliveryDto'];
export type DeliveryLog = components['schemas']['DeliveriesDto'];
export type CreateChannel = components['schemas']['CreateChannelDto'];
export type UpdateChannel = components['schemas']['UpdateChannelDto'];
/** An answer that may have a secret; it is in no cache. */
export interface MadeChannel {
  channel: Channel;
  secret?: string;
}

/** As many as an account may have, and more for admins. */
const ALL = 1_000;
const AGAIN_MS = 15_000;

export function useChannels({ accountId }: { accountId: string | undefined }): UseQueryResult<Channels, CallError> {
  const query = { ...(accountId === undefined ? {} : { accountId }), limit: ALL };
  return useQuery<Channels, CallError>({
    queryKey: ['channels', 'list', query],
    queryFn: ({ signal }) => unwrap(client.GET('/alerts/channels', { params: { query }, signal }), signal),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  });
}

export function useChannel(id: string): UseQueryResult<Channel, CallError> {
  return useQuery<Channel, CallError>({
    queryKey: ['channels', 'one', id],
    queryFn: async ({ signal }) =>
      (await unwrap(client.GET('/alerts/channels/{id}', { params: { path: { id } }, signal }), signal)).channel,
    refetchInterval: AGAIN_MS,
  });
}

export function useDeliveries(
  id: string,
  page: { limit: number; offset: number },
): UseQueryResult<DeliveryLog, CallError> {
  return useQuery<DeliveryLog, CallError>({
    queryKey: ['channels', 'log', id, page],
    queryFn: ({ signal }) =>
      unwrap(client.GET('/alerts/channels/{id}/deliveries', { params: { path: { id }, query: page }, signal }), signal),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  });
}

function useChange<Sent, Answer>(change: (sent: Sent) => Promise<Answer>): UseMutationResult<Answer, CallError, Sent> {
  const queries = useQueryClient();
  return useMutation<Answer, CallError, Sent>({
    mutationFn: change,
    // A secret must not stay in the cache after its dialog.
    gcTime: 0,
    onSettled: () => queries.invalidateQueries({ queryKey: ['channels'] }),
  });
}

const at = (id: string) => ({ path: { id } });

export function useCreateChannel(): UseMutationResult<MadeChannel, CallError, CreateChannel> {
  return useChange((body) => unwrap(client.POST('/alerts/channels', { body })));
}

export function useUpdateChannel(id: string): UseMutationResult<MadeChannel, CallError, UpdateChannel> {
  return useChange((body) => unwrap(client.PATCH('/alerts/channels/{id}', { params: at(id), body })));
}

/** Takes the seconds for which messages are signed with the old secret, too. */
export function useRotateChannel(id: string): UseMutationResult<MadeChannel, CallError, number> {
  return useChange((gracePeriodSeconds) =>
    unwrap(client.POST('/alerts/channels/{id}/rotate', { params: at(id), body: { gracePeriodSeconds } })),
  );
}

export function useDeleteChannel(id: string): UseMutationResult<unknown, CallError, void> {
  return useChange(() => unwrap(client.DELETE('/alerts/channels/{id}', { params: at(id) })));
}

/** Sends a test message, once. */
export function useTestChannel(id: string): UseMutationResult<Delivery, CallError, void> {
  return useChange(async () => (await unwrap(client.POST('/alerts/channels/{id}/test', { params: at(id) }))).delivery);
}

/** Sends a message of the log again; takes the id of the attempt. */
export function useReplay(id: string): UseMutationResult<Delivery, CallError, string> {
  return useChange(async (deliveryId) => {
    const path = { id, deliveryId };
    return (await unwrap(client.POST('/alerts/channels/{id}/deliveries/{deliveryId}/replay', { params: { path } })))
      .delivery;
  });
}
