import { Injectable } from '@nestjs/common';
import { ChannelRegistry } from './channel-registry';

/** The channels of accounts. */
@Injectable()
export class ChannelsService {
  constructor(private readonly registry: ChannelRegistry) {}

  /** Which of these ids are not of channels of this account, which is what a rule may name. */
  missing(accountId: string, ids: readonly string[]): Promise<string[]> {
    return Promise.resolve(ids.filter((id) => this.registry.find(accountId, id) === undefined));
  }
}
