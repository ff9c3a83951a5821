/** `meterhouse accounts list` and `update`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../context';
import { countOption } from '../count-option';
import { grouped } from '../progress';
import { UsageError } from '../errors';
import { minute, table } from '../table';
import type { AccountInfo, LimitChanges, LimitsInfo } from './account-info';

const SORTS = ['requests', 'errors', 'lastUsedAt'];
const ORDERS = ['desc', 'asc'];

interface ListFlags {
  search?: string;
  sort?: string;
  order?: string;
  limit?: number;
  json?: boolean;
}

/** Limits as the command line takes them; commander makes an empty text of null. */
type LimitFlags = { [Name in keyof LimitsInfo]?: number | 'none' | 'default' };

export function addAccountsCommand(program: Command, context: CommandContext): void {
  const accounts = program
    .command('accounts')
    .summary('list accounts, set their limits')
    .description('List accounts, and set their limits.')
    .addHelpText(
      'after',
      '\nExamples:\n  $ meterhouse accounts list --sort errors\n  $ meterhouse accounts update acme --events-per-day none',
    );
  addList(accounts, context);
  addUpdate(accounts, context);
}

function addList(accounts: Command, context: CommandContext): void {
  accounts
    .command('list')
    .description("List accounts with their keys and their usage of 30 days. Needs an admin's key.")
    .option('--search <text>', 'only those whose id holds it')
    .addOption(new Option('--sort <field>', 'by what (default: requests)').choices(SORTS))
    .addOption(new Option('--order <order>', 'highest or lowest first (default: desc)').choices(ORDERS))
    .option('--limit <n>', 'the first of them only', countOption)
    .option('--json', 'print JSON, as the service answers it')
    .addHelpText(
      'after',
      '\nExamples:\n  $ meterhouse accounts list --limit 10\n  $ meterhouse accounts list --search acme --json',
    )
    .action(async (flags: ListFlags) => {
      const found = await context.client().listAccounts(flags);
      if (flags.json) context.print(JSON.stringify(found, null, 2));
      else context.print(found.length === 0 ? 'There are no such accounts.' : accountTable(found));
    });
}

function addUpdate(accounts: Command, context: CommandContext): void {
  accounts
    .command('update')
    .description(
      'Set an account\'s limits: a number, "none" for no limit, or "default" for that of its tier. Needs an admin\'s key.',
    )
    .argument('<accountId>', 'id of the account, as "accounts list" shows it')
    .option('--active-keys <n>', 'keys that may be active at once', limit)
    .option('--events-per-minute <n>', 'events in a clock minute', limit)
    .option('--events-per-day <n>', 'events in a UTC day', limit)
    .option('--endpoint-names-per-day <n>', 'names of endpoints in a UTC day', limit)
    .addHelpText(
      'after',
      '\nExamples:\n  $ meterhouse accounts update acme --active-keys 20 --events-per-day none\n  $ meterhouse accounts update acme --active-keys default',
    )
    .action(async (accountId: string, flags: LimitFlags) => {
      const limits: LimitChanges = Object.fromEntries(
        Object.entries(flags).map(([name, value]) => [name, value === 'none' ? null : value]),
      );
      if (Object.keys(limits).length === 0) throw new UsageError('Name a limit to set, such as --active-keys.');
      const holding = await context.client().updateAccount(accountId, limits);
      context.print(`Updated ${accountId}: ${described(holding)}.`);
    });
}

/** @example '20 active keys, 20,000 events a minute, no limit of events a day, 500 endpoint names a day' */
function described({ activeKeys, eventsPerMinute, eventsPerDay, endpointNamesPerDay }: LimitsInfo): string {
  const counted: [number | null, string][] = [
    [activeKeys, 'active keys'],
    [eventsPerMinute, 'events a minute'],
    [eventsPerDay, 'events a day'],
    [endpointNamesPerDay, 'endpoint names a day'],
  ];
  return counted.map(([most, what]) => (most === null ? `no limit of ${what}` : `${grouped(most)} ${what}`)).join(', ');
}

function accountTable(accounts: readonly AccountInfo[]): string {
  const headings = ['ID', 'TIER', 'KEYS', 'ACTIVE', 'REQUESTS', 'FAILED', '30 DAYS BEFORE', 'LAST USED'];
  const rows = accounts.map(({ id, tier, keys, usage, lastUsedAt }) => [
    id,
    tier ?? '-',
    grouped(keys.total),
    grouped(keys.active),
    grouped(usage.requests),
    grouped(usage.failedRequests),
    grouped(usage.previousRequests),
    minute(lastUsedAt),
  ]);
  return table(headings, rows, ['KEYS', 'ACTIVE', 'REQUESTS', 'FAILED', '30 DAYS BEFORE']);
}

function limit(text: string): number | 'none' | 'default' {
  if (text === 'none' || text === 'default') return text;
  if (!/^\d{1,13}$/.test(text)) throw new InvalidArgumentError('It should be a whole number, "none" or "default".');
  return Number(text);
}
