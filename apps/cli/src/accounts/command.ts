/** `meterhouse accounts list`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../context';
import { grouped } from '../progress';
import { minute, table } from '../table';
import type { AccountInfo } from './account-info';

const SORTS = ['requests', 'errors', 'lastUsedAt'];
const ORDERS = ['desc', 'asc'];

interface ListFlags {
  search?: string;
  sort?: string;
  order?: string;
  limit?: number;
  json?: boolean;
}

export function addAccountsCommand(program: Command, context: CommandContext): void {
  program
    .command('accounts')
    .summary('list accounts')
    .description('List accounts.')
    .addHelpText('after', '\nExample:\n  $ meterhouse accounts list --sort errors')
    .command('list')
    .description("List accounts with their keys and their usage of 30 days. Needs an admin's key.")
    .option('--search <text>', 'only those whose id holds it')
    .addOption(new Option('--sort <field>', 'by what (default: requests)').choices(SORTS))
    .addOption(new Option('--order <order>', 'highest or lowest first (default: desc)').choices(ORDERS))
    .option('--limit <n>', 'the first of them only', count)
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

function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It should be a whole number of 1 or more.');
  return Number(text);
}
