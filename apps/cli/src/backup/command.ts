/** `meterhouse backup` and `meterhouse restore`. */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Answer } from '../answer';
import type { CommandContext } from '../context';
import { CliError } from '../errors';
import { grouped } from '../progress';
import { restoreHere } from './restore-here';

/** Between two looks at a backup that runs. */
const POLL_MS = 500;

export function addBackupCommands(program: Command, context: CommandContext): void {
  addBackup(program, context);
  addRestore(program, context);
}

function addBackup(program: Command, context: CommandContext): void {
  program
    .command('backup <directory>')
    .summary('back up the data folder of the running service')
    .description(
      "Back up everything in DATA_DIR as of one moment, while the service runs, to a directory on its machine. Needs an admin's key.",
    )
    .addHelpText(
      'after',
      `
The directory should be new, empty or hold backups alone. Each backup is a folder in it that is whole by itself; what
the backup before it has is hard-linked and takes no more room. Remove a backup by removing its folder.

Examples:
  $ meterhouse backup /var/backups/meterhouse
  $ meterhouse restore /var/backups/meterhouse --to ./restored`,
    )
    .action(async (directory: string) => {
      const client = context.client();
      let backup = (await client.post('/admin/backups', { directory: resolve(directory) })).object('backup');
      const progress = context.progress();
      progress.start('Backing up', null);
      try {
        while (backup.text('state') === 'running') {
          await sleep(POLL_MS);
          backup = (await client.get('/admin/backups')).object('backup');
          progress.update(0, `${grouped(backup.number('bytes'))} of ${grouped(backup.number('bytesTotal'))} bytes`);
        }
      } finally {
        progress.stop();
      }
      if (backup.text('state') === 'failed') throw new CliError(`The backup failed: ${backup.text('error')}`);
      context.print(backup.text('path'));
      context.note(summaryOf(backup));
    });
}

function summaryOf(backup: Answer): string {
  return (
    `${grouped(backup.number('bytesTotal'))} bytes, ${grouped(backup.number('bytesNew'))} of them new; ` +
    `events waited in the log for ${grouped(backup.number('pauseMs'))} ms.`
  );
}

function addRestore(program: Command, context: CommandContext): void {
  program
    .command('restore <backup>')
    .summary('make a data folder of a backup')
    .description(
      'Make a data folder of a backup, check every file of it, and compare the figures of every table with those of the ' +
        'moment of the backup. The service that is to use the folder should not run yet; no key is needed.',
    )
    .option('--to <folder>', 'the data folder, new or empty (default: DATA_DIR, or ./data)')
    .addHelpText(
      'after',
      `
<backup> is a backup, or a directory of backups, of which the last is taken.

Examples:
  $ meterhouse restore /var/backups/meterhouse --to ./restored
  $ DATA_DIR=./restored npm start`,
    )
    .action(async (backup: string, { to }: { to?: string }) => {
      await restoreHere(context, resolve(backup), resolve(to ?? context.dataDir()));
    });
}
