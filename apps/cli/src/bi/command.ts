/** `meterhouse bi grant`. */
import { createHash, randomBytes } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../context';
import { CliError, UsageError } from '../errors';
import { type Reader, otherPolicyCount, otherUserCount, readerStatements } from './reader.sql';
import { ClickHouseServer, unsafeVersion } from './server';

interface GrantFlags {
  account?: string;
  all?: boolean;
  user?: string;
  database?: string;
  passwordSha256?: string;
  apply?: boolean;
}

/** Bytes of a password that is made here, 256 bits: no salt is needed. */
const PASSWORD_BYTES = 32;

export function addBiCommand(program: Command, context: CommandContext): void {
  program
    .command('bi')
    .summary('let BI tools read the views on a ClickHouse server')
    .description('What BI tools read where the service stores its events on a ClickHouse server.')
    .addHelpText('after', '\nExample:\n  $ meterhouse bi grant --account acme')
    .command('grant')
    .description(
      'Print the SQL that makes a reader of the views on a ClickHouse server, or run it. With the embedded engine none is needed: API keys with sql:read are the passwords of SQL_PORT.',
    )
    .option('--account <id>', 'account whose rows it reads')
    .option('--all', "reads all accounts' rows")
    .option('--user <name>', 'its name (default: meterhouse_bi_ACCOUNT, or meterhouse_bi_all)')
    .option('--password-sha256 <hex>', 'SHA-256 of its password (default: one is made and shown this once)', sha256)
    .option('--database <name>', 'database of the tables (default: that of CLICKHOUSE_URL, or default)')
    .option('--apply', 'run it on the server of CLICKHOUSE_URL, as a user with access management')
    .addHelpText(
      'after',
      `
The SQL can be run again: it makes what is missing and replaces what differs, the password too. It needs ClickHouse
26.3.27.4 or later of 26.3, or 26.7.6.49 or later, with settings_constraints_replace_previous on, as it is by default.

Examples:
  $ meterhouse bi grant --account acme > reader.sql
  $ meterhouse bi grant --all --user analyst --apply`,
    )
    .action(async (flags: GrantFlags) => grant(context, flags));
}

async function grant(context: CommandContext, flags: GrantFlags): Promise<void> {
  const account = accountOf(flags);
  const url = context.clickhouseUrl();
  const server = flags.apply || url ? new ClickHouseServer(url) : undefined;
  const user = flags.user ?? `meterhouse_bi_${account ?? 'all'}`;
  if (user === '' || user === 'default' || user === server?.user) {
    throw new UsageError(`A reader needs a name of its own; ${user || 'an empty one'} cannot be it.`);
  }
  const password = flags.passwordSha256 === undefined ? randomBytes(PASSWORD_BYTES).toString('base64url') : undefined;
  const reader: Reader = {
    user,
    account,
    passwordHash:
      flags.passwordSha256?.toLowerCase() ??
      createHash('sha256')
        .update(password ?? '')
        .digest('hex'),
    database: flags.database ?? server?.database ?? 'default',
  };
  if (flags.apply && server) {
    await apply(server, reader);
    context.note(`Reader ${user} was made: ${account === null ? 'it reads all accounts' : `account ${account}`}.`);
  } else {
    context.print(`${readerStatements(reader).join(';\n')};`);
  }
  if (password !== undefined) context.note(`Password of ${user}, shown this once: ${password}`);
}

function accountOf({ account, all }: GrantFlags): string | null {
  if ((account === undefined) === (all === undefined)) throw new UsageError('Give either --account or --all.');
  if (account === '') throw new UsageError('--account should name an account.');
  return account ?? null;
}

/** @throws CliError before anything has changed where the server or what is on it is not fit for a reader */
async function apply(server: ClickHouseServer, reader: Reader): Promise<void> {
  const unsafe = unsafeVersion(await server.run('SELECT version()'));
  if (unsafe !== null) throw new CliError(unsafe);
  if ((await server.run(otherUserCount(reader.user))) !== '0') {
    throw new CliError(`There is a user ${reader.user} who is no reader; choose another name with --user.`);
  }
  if (reader.account !== null && (await server.run(otherPolicyCount(reader.database))) !== '0') {
    throw new CliError(
      'There are row policies of your own on the tables, which the policies of a reader would undo. ' +
        'Print the SQL without --apply, and fit it to yours.',
    );
  }
  for (const statement of readerStatements(reader)) await server.run(statement);
}

function sha256(text: string): string {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new InvalidArgumentError('It should be 64 hexadecimal digits.');
  return text;
}
