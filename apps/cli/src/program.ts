/** The command line as a whole: its commands, its global options, and what becomes of errors. */
import { escapeControls } from '@meterhouse/common';
import { Command, CommanderError } from 'commander';
import { MeterhouseClient } from './client';
import type { CommandContext } from './context';
import { addBiCommand } from './bi/command';
import { addDemoCommand } from './demo/command';
import { addAccountsCommand } from './accounts/command';
import { addAlertsCommand } from './alerts/command';
import { addCostCommand } from './cost/command';
import { addAuditCommand } from './audit/command';
import { addBackupCommands } from './backup/command';
import { CliError, EXIT_FAILED, EXIT_USAGE } from './errors';
import { addImportCommand } from './import/command';
import { addKeysCommand } from './keys/command';
import { addMaintenanceCommands } from './maintenance/command';
import { addPlansCommand } from './plans/command';
import { progressOn } from './progress';
import { addTiersCommand } from './tiers/command';
import { addTokensCommand } from './tokens/command';

type Environment = Record<string, string | undefined>;

/** Where the command line reads and writes; replaced in tests. */
export interface Terminal {
  env: Environment;
  out: (text: string) => void;
  err: (text: string) => void;
}

const PROCESS_TERMINAL: Terminal = {
  env: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};

const HELP = `
Exit codes: 0 done, 1 failed, 2 called wrongly.

Examples:
  $ export METERHOUSE_KEY=mh_…
  $ meterhouse keys create --name website --permission events:write
  $ meterhouse import --format combined --shift-to now access.log
  $ meterhouse --url https://usage.example.com keys list`;

/** Runs one command. @param args without node and script @returns the exit code; never throws */
export async function runCli(args: readonly string[], given: Terminal = PROCESS_TERMINAL): Promise<number> {
  const terminal = withoutControls(given);
  try {
    await buildProgram(terminal).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed what it throws; asking for help is no fault.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
    terminal.err(`${error instanceof CliError ? error.message : unforeseen(error)}\n`);
    return error instanceof CliError ? error.exitCode : EXIT_FAILED;
  }
}

/** No text of a service, a file or an argument acts on the terminal. */
function withoutControls({ env, out, err }: Terminal): Terminal {
  return { env, out: (text) => out(escapeControls(text, '\n')), err: (text) => err(escapeControls(text, '\n')) };
}

/** The program with all of its commands. */
export function buildProgram(terminal: Terminal): Command {
  const program = new Command('meterhouse')
    .description(
      'The command line of Meterhouse: API keys, accounts, share tokens, log import, demo data and backups, over HTTP to a running service.',
    )
    .option('--url <url>', 'where the service is (default: METERHOUSE_URL, or http://127.0.0.1:3000)')
    .option('--key <secret>', 'API key to call it with (default: METERHOUSE_KEY, or ADMIN_KEY)')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', HELP)
    .showHelpAfterError('(--help shows how to call it)')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .exitOverride();
  const context: CommandContext = {
    client: () => clientFor(program.opts<{ url?: string; key?: string }>(), terminal.env),
    clickhouseUrl: () => terminal.env['CLICKHOUSE_URL'] || undefined,
    print: (text) => terminal.out(`${text}\n`),
    note: (text) => terminal.err(`${text}\n`),
    progress: () => progressOn(process.stderr),
    dataDir: () => terminal.env['DATA_DIR'] || './data',
    now: Date.now,
  };
  addKeysCommand(program, context);
  addAccountsCommand(program, context);
  addAlertsCommand(program, context);
  addTokensCommand(program, context);
  addPlansCommand(program, context);
  addCostCommand(program, context);
  addTiersCommand(program, context);
  addImportCommand(program, context);
  addDemoCommand(program, context);
  addMaintenanceCommands(program, context);
  addAuditCommand(program, context);
  addBackupCommands(program, context);
  addBiCommand(program, context);
  return program;
}

function clientFor(flags: { url?: string; key?: string }, env: Environment): MeterhouseClient {
  return new MeterhouseClient({
    url: flags.url ?? (env['METERHOUSE_URL'] || 'http://127.0.0.1:3000'),
    key: flags.key ?? (env['METERHOUSE_KEY'] || env['ADMIN_KEY']),
  });
}

function unforeseen(error: unknown): string {
  return `Something went wrong that this command does not know about: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
