/** `meterhouse keys create|list|update|revoke|rotate`. */
import { escapeControls, iso } from '@meterhouse/common';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../context';
import { countOption } from '../count-option';
import { UsageError } from '../errors';
import { instantOption } from '../instant-option';
import { grouped } from '../progress';
import { minute, table } from '../table';
import type { KeyInfo, NewKey, NewSecret } from './key-info';

const TIERS = ['free', 'starter', 'professional', 'enterprise'];
const PERMISSIONS = ['usage:read', 'sql:read', 'events:write', 'keys:read', 'keys:write', 'alerts:write', 'admin'];
const STATUSES = ['active', 'expired', 'revoked'];

/** What `create` gives a key and `update` changes of one. */
interface KeyFlags {
  tier?: string;
  permission?: string[];
  rateLimitMinute?: number;
  rateLimitHour?: number;
  rateLimitDay?: number;
  /** An instant, or `never`. */
  expiresAt?: string;
  description?: string;
}

interface CreateFlags extends KeyFlags {
  name: string;
  account?: string;
}

interface UpdateFlags extends KeyFlags {
  name?: string;
}

interface ListFlags {
  account?: string;
  status?: string;
  tier?: string;
  json?: boolean;
}

export function addKeysCommand(program: Command, context: CommandContext): void {
  const keys = program
    .command('keys')
    .summary('create, list, update, revoke and rotate API keys')
    .description('Create, list, update, revoke and rotate API keys.')
    .addHelpText('after', '\nExample:\n  $ meterhouse keys list --status active');
  addCreate(keys, context);
  addList(keys, context);
  addUpdate(keys, context);
  addRevoke(keys, context);
  addRotate(keys, context);
}

function addCreate(keys: Command, context: CommandContext): void {
  const create = keys
    .command('create')
    .description('Create an API key and print its secret, which is shown this once.')
    .requiredOption('--name <name>', 'what the key is called')
    .option('--account <id>', "account that owns it; needs an admin's key (default: the caller's account)");
  withKeyOptions(create)
    .addHelpText(
      'after',
      `
Examples:
  $ meterhouse keys create --name website --permission events:write
  $ meterhouse keys create --name reports --account acme --tier professional --permission usage:read keys:read
  $ meterhouse keys create --name partner --tier enterprise --rate-limit-minute 5000 --expires-at 2027-01-01T00:00:00Z`,
    )
    .action(async (flags: CreateFlags) => {
      printSecret(await context.client().createKey(newKey(flags)), 'Created', context);
    });
}

function withKeyOptions(command: Command): Command {
  return command
    .addOption(new Option('--tier <tier>', 'rate limits that count for it').choices(TIERS))
    .addOption(new Option('--permission <permission...>', 'what it may do').choices(PERMISSIONS))
    .option('--rate-limit-minute <n>', 'requests per minute, for the enterprise tier', countOption)
    .option('--rate-limit-hour <n>', 'requests per hour, for the enterprise tier', countOption)
    .option('--rate-limit-day <n>', 'requests per day, for the enterprise tier', countOption)
    .option('--expires-at <date>', 'date or ISO 8601 time from which on it is refused, or "never"', expiry)
    .option('--description <text>', 'a note on what it is for');
}

function addUpdate(keys: Command, context: CommandContext): void {
  const update = keys
    .command('update')
    .description('Change an API key; what is not named stays, and its secret too.')
    .argument('<keyId>', 'id of the key, as "keys list" shows it')
    .option('--name <name>', 'what the key is called');
  withKeyOptions(update)
    .addHelpText(
      'after',
      `
Of the rate limits all that are not named are taken away where one is.

Examples:
  $ meterhouse keys update key_2f8a --name "website, new checkout"
  $ meterhouse keys update key_2f8a --tier professional --expires-at never`,
    )
    .action(async (keyId: string, flags: UpdateFlags) => {
      const changes = { ...(flags.name === undefined ? {} : { name: flags.name }), ...fieldsOf(flags) };
      if (Object.keys(changes).length === 0) throw new UsageError('Name what should change, such as --name or --tier.');
      await context.client().updateKey(keyId, changes);
      context.print(`Updated ${keyId}.`);
    });
}

function addList(keys: Command, context: CommandContext): void {
  keys
    .command('list')
    .description('List API keys with their status and use.')
    .option('--account <id>', "only this account's; needs an admin's key")
    .addOption(new Option('--status <status>', 'only these').choices(STATUSES))
    .addOption(new Option('--tier <tier>', 'only these').choices(TIERS))
    .option('--json', 'print JSON, as the service answers it')
    .addHelpText(
      'after',
      '\nExamples:\n  $ meterhouse keys list --account acme --status active\n  $ meterhouse keys list --json',
    )
    .action(async (flags: ListFlags) => {
      const found = await context.client().listKeys(flags);
      if (flags.json) context.print(JSON.stringify(found, null, 2));
      else context.print(found.length === 0 ? 'There are no such keys.' : keyTable(found));
    });
}

function addRevoke(keys: Command, context: CommandContext): void {
  keys
    .command('revoke')
    .description('Revoke an API key; it is refused at once, and its usage stays readable.')
    .argument('<keyId>', 'id of the key, as "keys list" shows it')
    .addHelpText('after', '\nExample:\n  $ meterhouse keys revoke key_2f8a')
    .action(async (keyId: string) => {
      await context.client().revokeKey(keyId);
      context.print(`Revoked ${keyId}.`);
    });
}

function addRotate(keys: Command, context: CommandContext): void {
  keys
    .command('rotate')
    .description('Give an API key a new secret, which is shown this once.')
    .argument('<keyId>', 'id of the key, as "keys list" shows it')
    .option('--grace <seconds>', "how long the old secret works on (default: the service's)", seconds)
    .addHelpText('after', '\nExample:\n  $ meterhouse keys rotate key_2f8a --grace 3600')
    .action(async (keyId: string, flags: { grace?: number }) => {
      printSecret(await context.client().rotateKey(keyId, flags.grace), 'Rotated', context);
    });
}

function newKey(flags: CreateFlags): NewKey {
  return {
    name: flags.name,
    ...(flags.account === undefined ? {} : { accountId: flags.account }),
    ...fieldsOf(flags),
  };
}

function fieldsOf(flags: KeyFlags): Partial<NewKey> {
  const limits = {
    ...(flags.rateLimitMinute === undefined ? {} : { requestsPerMinute: flags.rateLimitMinute }),
    ...(flags.rateLimitHour === undefined ? {} : { requestsPerHour: flags.rateLimitHour }),
    ...(flags.rateLimitDay === undefined ? {} : { requestsPerDay: flags.rateLimitDay }),
  };
  return {
    ...(flags.tier === undefined ? {} : { tier: flags.tier }),
    ...(flags.permission === undefined ? {} : { permissions: flags.permission }),
    ...(Object.keys(limits).length === 0 ? {} : { rateLimit: limits }),
    ...(flags.expiresAt === undefined ? {} : { expiresAt: flags.expiresAt === 'never' ? null : flags.expiresAt }),
    ...(flags.description === undefined ? {} : { description: flags.description }),
  };
}

/** The secret alone goes to standard output, so that a script can keep it. */
function printSecret({ apiKey, key }: NewSecret, done: string, context: CommandContext): void {
  context.note(`${done} key ${key.id} (${escapeControls(key.name)}, account ${key.accountId}, tier ${key.tier}).`);
  context.note('Its secret is shown this once; keep it now:');
  context.print(apiKey);
}

function keyTable(keys: readonly KeyInfo[]): string {
  const headings = ['ID', 'NAME', 'ACCOUNT', 'TIER', 'STATUS', 'PERMISSIONS', 'REQUESTS', 'LAST USED', 'EXPIRES'];
  const rows = keys.map((key) => [
    key.id,
    key.name,
    key.accountId,
    key.tier,
    key.status,
    key.permissions.join(','),
    grouped(key.usage.totalRequests),
    minute(key.lastUsedAt),
    minute(key.expiresAt),
  ]);
  return table(headings, rows, ['REQUESTS']);
}

function seconds(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It should be a whole number of seconds.');
  return Number(text);
}

function expiry(text: string): string {
  return text === 'never' ? text : iso(instantOption(text));
}
