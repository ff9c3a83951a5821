/** `meterhouse tokens create`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../context';

const PERMISSIONS = ['usage:read', 'keys:read'];

interface CreateFlags {
  account?: string;
  keyId?: string[];
  permission?: string[];
  expiresIn?: number;
}

export function addTokensCommand(program: Command, context: CommandContext): void {
  program
    .command('tokens')
    .summary('create share tokens')
    .description('Create share tokens, which read usage for a while and change nothing.')
    .addHelpText('after', '\nExample:\n  $ meterhouse tokens create --expires-in 604800')
    .command('create')
    .description('Create a share token and print it; it is shown this once, with a link to the dashboard.')
    .option('--account <id>', "account that it reads; needs an admin's key (default: the caller's account)")
    .option('--key-id <id...>', 'keys that it reads (default: all of the account)')
    .addOption(new Option('--permission <permission...>', 'what it may do (default: both)').choices(PERMISSIONS))
    .option('--expires-in <seconds>', 'how long it works, 60 to 2592000 (default: 3600)', seconds)
    .addHelpText(
      'after',
      `
It ends before its time when the key that makes it is revoked, expires or gets a new secret.

Examples:
  $ meterhouse tokens create --account acme --permission usage:read
  $ meterhouse tokens create --key-id key_2f8a key_77c1 --expires-in 604800`,
    )
    .action(async (flags: CreateFlags) => {
      const answer = await context.client().post('/tokens', {
        ...(flags.account === undefined ? {} : { accountId: flags.account }),
        ...(flags.keyId === undefined ? {} : { keyIds: flags.keyId }),
        ...(flags.permission === undefined ? {} : { permissions: flags.permission }),
        ...(flags.expiresIn === undefined ? {} : { expiresInSeconds: flags.expiresIn }),
      });
      context.note(`Created token ${answer.text('tokenId')}, which works until ${answer.text('expiresAt')}.`);
      context.note(`It opens the dashboard at ${answer.text('url')}`);
      // Alone on standard output, so that a script can keep it.
      context.print(answer.text('token'));
    });
}

function seconds(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It should be a whole number of seconds.');
  return Number(text);
}
