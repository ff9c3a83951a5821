/** `meterhouse alerts channels|test`. */
import type { Command } from 'commander';
import type { Answer } from '../answer';
import type { CommandContext } from '../context';
import { CliError } from '../errors';
import { minute, table } from '../table';

interface ChannelsFlags {
  account?: string;
  json?: boolean;
}

export function addChannelCommands(alerts: Command, context: CommandContext): void {
  addChannels(alerts, context);
  addTest(alerts, context);
}

function addChannels(alerts: Command, context: CommandContext): void {
  alerts
    .command('channels')
    .description('List the channels that alerts are sent to.')
    .option('--account <id>', "only this account's; needs an admin's key")
    .option('--json', 'print JSON, as the service answers it')
    .addHelpText('after', '\nExample:\n  $ meterhouse alerts channels --json')
    .action(async ({ account, json }: ChannelsFlags) => {
      const filter = { accountId: account };
      const found = await context.client().list('/alerts/channels', 'channels', filter, Infinity, (channel) => channel);
      const fields = found.map((channel) => channel.all());
      if (json) context.print(JSON.stringify(fields, null, 2));
      else context.print(found.length === 0 ? 'There are no channels.' : channelTable(found));
    });
}

function addTest(alerts: Command, context: CommandContext): void {
  alerts
    .command('test')
    .description('Send a test message to a channel, and fail when it is not delivered.')
    .argument('<channel>', 'id of the channel')
    .addHelpText('after', '\nExample:\n  $ meterhouse alerts test chn_4fJ2mZ0aQ9xT7bKd')
    .action(async (channel: string) => {
      const answer = await context.client().post(`/alerts/channels/${encodeURIComponent(channel)}/test`);
      const delivery = answer.object('delivery');
      const status = delivery.numberOrNull('statusCode');
      const said = `${status === null ? '' : ` with ${status}`} after ${delivery.number('durationMs')} ms`;
      if (!delivery.boolean('delivered')) {
        throw new CliError(`Not delivered${said}: ${delivery.text('error')}\n${delivery.text('answer')}`.trimEnd());
      }
      context.print(`Delivered${said}.`);
    });
}

function channelTable(channels: readonly Answer[]): string {
  return table(
    ['ID', 'ACCOUNT', 'NAME', 'TYPE', 'TARGET', 'STATE', 'LAST DELIVERY'],
    channels.map((channel) => [
      channel.text('id'),
      channel.text('accountId'),
      channel.text('name'),
      channel.text('type'),
      channel.text('target'),
      channel.boolean('enabled') ? 'enabled' : (channel.textOrNull('disabledReason') ?? 'disabled'),
      lastOf(channel),
    ]),
  );
}

function lastOf(channel: Answer): string {
  if (channel.unknown('lastDelivery') === null) return '-';
  const last = channel.object('lastDelivery');
  return `${minute(last.text('at'))} ${last.boolean('delivered') ? 'delivered' : 'failed'}`;
}
