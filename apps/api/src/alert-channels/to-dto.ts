/** Channels and attempts as answers show them. */
import { iso } from '@meterhouse/common';
import type { Channel } from './channel';
import type { Delivery } from './delivery';
import type { ChannelDto, DeliveryDto } from './dto/channel-response.dto';

/** @param last the channel's last attempt */
export function toChannelDto(channel: Channel, last: Delivery | undefined): ChannelDto {
  const { id, accountId, name, type, shown, enabled, disabledReason, createdAt, updatedAt } = channel;
  return {
    id,
    accountId,
    name,
    type,
    target: shown,
    enabled,
    disabledReason,
    lastDelivery: last === undefined ? null : toDeliveryDto(last),
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
  };
}

export function toDeliveryDto(delivery: Delivery): DeliveryDto {
  const { id, notificationId, alertId, kind, attempt, at, delivered, statusCode, durationMs, answer, error } = delivery;
  return {
    id,
    notificationId,
    alertId: alertId || null,
    kind,
    attempt,
    at: iso(at),
    delivered,
    statusCode,
    durationMs,
    answer,
    error: error || null,
  };
}
