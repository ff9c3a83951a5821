import { Injectable } from '@nestjs/common';
import { Clock, SECOND, iso } from '@meterhouse/common';
import { QueryGate } from '../admission/query-gate';
import type { Identity } from '../auth/identity';
import type { AccountScope } from '../auth/key';
import { KeyRegistry } from '../auth/key-registry';
import { newId } from '../auth/secret';
import { ApiException } from '../http/api-exception';
import { pageOf } from '../http/list.dto';
import { type Channel, type ChannelSecrets, type ChannelType, MAX_CHANNELS } from './channel';
import { ChannelRegistry } from './channel-registry';
import { DeliveriesRepository } from './deliveries.repository';
import type { Delivery } from './delivery';
import {
  type ChannelListQueryDto,
  type ChannelQueryDto,
  type CreateChannelDto,
  DEFAULT_GRACE_SECONDS,
  type RotateChannelDto,
  type UpdateChannelDto,
} from './dto/channel-request.dto';
import type { ChannelSecretDto, ChannelsDto, OneChannelDto, RotatedChannelDto } from './dto/channel-response.dto';
import { SecretBox, UnreadableSecretsError } from './secret-box';
import { Senders } from './senders/senders';
import { newWebhookSecret } from './senders/webhook';
import { shownTarget, targetProblem } from './target';
import { toChannelDto } from './to-dto';

/** Creates, lists, changes and deletes the channels of accounts. */
@Injectable()
export class ChannelsService {
  constructor(
    private readonly registry: ChannelRegistry,
    private readonly deliveries: DeliveriesRepository,
    private readonly keys: KeyRegistry,
    private readonly senders: Senders,
    private readonly box: SecretBox,
    private readonly gate: QueryGate,
    private readonly clock: Clock,
  ) {}

  /** Which of these ids are not of channels of this account, which is what a rule may name. */
  missing(accountId: string, ids: readonly string[]): Promise<string[]> {
    return Promise.resolve(ids.filter((id) => this.registry.find(accountId, id) === undefined));
  }

  /** @throws ApiException FORBIDDEN, ACCOUNT_NOT_FOUND, INVALID_PARAMETERS for a target that does not fit, LIMIT_REACHED */
  async create(
    caller: Identity,
    { name, type, target, accountId: named }: CreateChannelDto,
  ): Promise<ChannelSecretDto> {
    // Refuses a member that names another account.
    caller.scope(named);
    const accountId = named ?? caller.accountId;
    this.keys.checkAccount(accountId);
    this.checkTarget(type, target);
    const id = newId('chn_');
    const secret = type === 'webhook' ? newWebhookSecret() : undefined;
    const sealed = this.box.seal(id, { target, ...(secret === undefined ? {} : { secret }) });
    const createdAt = this.clock.now();
    const channel = await this.registry.write(id, (): Channel => {
      if (this.registry.list(accountId).length >= MAX_CHANNELS) {
        throw new ApiException(
          'LIMIT_REACHED',
          `The account has ${MAX_CHANNELS} channels, the most it may have; delete one first.`,
        );
      }
      return {
        id,
        version: 0,
        accountId,
        name,
        type,
        shown: shownTarget(type, target),
        sealed,
        enabled: true,
        disabledReason: null,
        createdAt,
        updatedAt: createdAt,
        deletedAt: null,
      };
    });
    return { ...this.answer(channel, undefined), ...(secret === undefined ? {} : { secret }) };
  }

  /** @param signal fires when the client has disconnected @throws ApiException OVERLOADED when too many reads wait */
  async list(caller: Identity, query: ChannelListQueryDto, signal: AbortSignal): Promise<ChannelsDto> {
    const scope = caller.scope(query.accountId);
    const { page, pagination } = pageOf(this.registry.list(scope), query);
    const last = await this.lastOf(scope, page, signal);
    return {
      success: true,
      channels: page.map((channel) => toChannelDto(channel, last.get(channel.id))),
      pagination,
      timestamp: iso(this.clock.now()),
    };
  }

  /** @throws ApiException CHANNEL_NOT_FOUND; OVERLOADED when too many reads wait */
  async get(caller: Identity, id: string, { accountId }: ChannelQueryDto, signal: AbortSignal): Promise<OneChannelDto> {
    const scope = caller.scope(accountId);
    const channel = this.find(scope, id);
    const last = await this.lastOf(scope, [channel], signal);
    return this.answer(channel, last.get(id));
  }

  /** @throws ApiException CHANNEL_NOT_FOUND, INVALID_PARAMETERS for a target that does not fit */
  async update(caller: Identity, id: string, { name, target, enabled }: UpdateChannelDto): Promise<OneChannelDto> {
    const scope = caller.scope(undefined);
    const channel = await this.registry.write(id, (): Channel => {
      const present = this.find(scope, id);
      const changed = { ...present, name: name ?? present.name, enabled: enabled ?? present.enabled };
      if (enabled !== undefined) changed.disabledReason = null;
      if (target === undefined) return changed;
      this.checkTarget(present.type, target);
      const secrets = this.secretsOf(present);
      return {
        ...changed,
        shown: shownTarget(present.type, target),
        sealed: this.box.seal(id, { ...secrets, target }),
      };
    });
    return this.changed(channel);
  }

  /** What waits to be sent to it is given up. @throws ApiException CHANNEL_NOT_FOUND */
  async remove(caller: Identity, id: string): Promise<OneChannelDto> {
    const scope = caller.scope(undefined);
    const channel = await this.registry.write(id, (): Channel => {
      // What is deleted holds no secrets.
      return { ...this.find(scope, id), enabled: false, sealed: '', deletedAt: this.clock.now() };
    });
    return this.changed(channel);
  }

  /** Gives a webhook a new secret. @throws ApiException CHANNEL_NOT_FOUND, INVALID_PARAMETERS for another type */
  async rotate(caller: Identity, id: string, { gracePeriodSeconds }: RotateChannelDto): Promise<RotatedChannelDto> {
    const scope = caller.scope(undefined);
    const secret = newWebhookSecret();
    const previousUntil = this.clock.now() + (gracePeriodSeconds ?? DEFAULT_GRACE_SECONDS) * SECOND;
    const channel = await this.registry.write(id, (): Channel => {
      const present = this.find(scope, id);
      if (present.type !== 'webhook') {
        throw new ApiException(
          'INVALID_PARAMETERS',
          `A channel of type ${present.type} has no signing secret; change its target in place of that.`,
        );
      }
      const { target, secret: previousSecret } = this.secretsOf(present);
      const previous = previousSecret === undefined ? {} : { previousSecret, previousUntil };
      return { ...present, sealed: this.box.seal(id, { target, secret, ...previous }) };
    });
    return { ...(await this.changed(channel)), secret, previousSecretUntil: iso(previousUntil) };
  }

  /** @throws ApiException CHANNEL_NOT_FOUND for one that is not there for the scope */
  find(scope: AccountScope, id: string): Channel {
    const channel = this.registry.find(scope, id);
    if (channel) return channel;
    throw new ApiException(
      'CHANNEL_NOT_FOUND',
      'There is no such channel in this account; GET /alerts/channels lists them.',
    );
  }

  private checkTarget(type: ChannelType, target: string): void {
    if (!this.senders.has(type)) {
      throw new ApiException('INVALID_PARAMETERS', 'This service sends no mail: its operator has not set SMTP_URL.');
    }
    const right = targetProblem(type, target);
    if (right === null) return;
    const message = `target of a channel of type ${type} should be ${right}.`;
    throw new ApiException('INVALID_PARAMETERS', message, [{ field: 'target', message }]);
  }

  private secretsOf({ id, sealed }: Channel): ChannelSecrets {
    try {
      return this.box.open(id, sealed);
    } catch (error) {
      if (error instanceof UnreadableSecretsError) throw new ApiException('INVALID_PARAMETERS', error.message);
      throw error;
    }
  }

  private async lastOf(
    scope: AccountScope,
    channels: readonly Channel[],
    signal: AbortSignal,
  ): Promise<Map<string, Delivery>> {
    if (channels.length === 0) return new Map();
    const ids = channels.map(({ id }) => id);
    return this.gate.run(scope, signal, (gated, limits) => this.deliveries.lastOf(ids, { signal: gated, limits }));
  }

  private async changed(channel: Channel): Promise<OneChannelDto> {
    return this.answer(channel, (await this.deliveries.lastOf([channel.id])).get(channel.id));
  }

  private answer(channel: Channel, last: Delivery | undefined): OneChannelDto {
    return { success: true, channel: toChannelDto(channel, last), timestamp: iso(this.clock.now()) };
  }
}
