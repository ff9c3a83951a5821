/** `meterhouse reconcile` and `meterhouse events delete`. */
import { DAY, type Span, floorTo, iso } from '@meterhouse/common';
import type { Command } from 'commander';
import { Answer } from '../answer';
import type { CommandContext } from '../context';
import { CliError, UsageError } from '../errors';
import { instantOption } from '../instant-option';
import { grouped } from '../progress';
import { Drift } from './drift';
import { weeksOf } from './weeks';

interface ReconcileFlags {
  from?: number;
  to?: number;
  repair?: boolean;
  acceptLoss?: boolean;
}

interface DeleteFlags {
  account: string;
  keyId?: string;
  from?: number;
  to?: number;
  yes?: boolean;
}

export function addMaintenanceCommands(program: Command, context: CommandContext): void {
  addReconcile(program, context);
  addReplay(program, context);
  addRecover(program, context);
  const events =
    program.commands.find((command) => command.name() === 'events') ??
    program
      .command('events')
      .summary('delete events')
      .description('What can be done with events that were sent.')
      .addHelpText('after', '\nExample:\n  $ meterhouse events delete --account acme --key-id key_2f8a --yes');
  addDelete(events, context);
}

function addReplay(program: Command, context: CommandContext): void {
  program
    .command('dead-letters')
    .summary('take back events that ClickHouse refused')
    .description('Events that ClickHouse refused for good.')
    .command('replay')
    .description(
      "Take the events in DATA_DIR/dead-letter back into the log, once their cause is mended. Needs an admin's key.",
    )
    .action(async () => {
      const answer = await context.client().post('/admin/dead-letters/replay');
      context.print(`${answer.number('replayed')} events taken back.`);
    });
}

function addRecover(program: Command, context: CommandContext): void {
  program
    .command('log')
    .summary('take back events of damaged parts of the log')
    .description('The write-ahead log of accepted events.')
    .command('recover')
    .description(
      "Take what can be read of DATA_DIR/log/*.corrupt back into the log; events count once by their ids. Needs an admin's key.",
    )
    .action(async () => {
      const answer = await context.client().post('/admin/log/recover');
      context.print(
        `${answer.number('recovered')} events taken back from ${answer.number('files')} files; ` +
          `${answer.number('unreadable')} lines could not be read.`,
      );
    });
}

function addReconcile(program: Command, context: CommandContext): void {
  program
    .command('reconcile')
    .summary('compare the rollups with the raw events, and repair them')
    .description(
      "Compare every bucket of the rollups with the raw events, a week at a time, and print where they differ. Needs an admin's key.",
    )
    .option(
      '--from <date>',
      'first day, a date or an ISO 8601 time (default: as long as raw events are kept)',
      instantOption,
    )
    .option('--to <date>', 'end, not included (default: now)', instantOption)
    .option('--repair', 'make what differs again from the raw events')
    .option('--accept-loss', 'with --repair: also where the rollups have requests that the raw events lack')
    .addHelpText(
      'after',
      `
Exit code 1 when buckets differ that were not repaired. Days before the first raw event are never repaired: their raw
events may have been removed when their time was over. Days on which a rollup has requests that the raw events lack are
repaired with --accept-loss only: if raw events were lost from the disk, the rollup is right.

Examples:
  $ meterhouse reconcile
  $ meterhouse reconcile --from 2026-02-01 --to 2026-03-01 --repair`,
    )
    .action(async (flags: ReconcileFlags) => {
      const drift = await reconcile(context, flags);
      context.print(drift.toString());
      if (drift.left === 0) {
        context.note(drift.buckets === 0 ? 'The rollups are what the raw events give.' : 'All drift was repaired.');
      } else {
        throw new CliError(`Drift in ${bucketsOf(drift.left)} ${adviceFor(drift, flags)}.`);
      }
    });
}

function adviceFor({ withheld }: Drift, { repair }: ReconcileFlags): string {
  if (!repair) return 'was found; --repair mends it';
  if (withheld === 0) return 'was not repaired';
  return `was not repaired, in ${bucketsOf(withheld)} for want of raw events; --accept-loss repairs these too`;
}

function bucketsOf(count: number): string {
  return `${grouped(count)} ${count === 1 ? 'bucket' : 'buckets'}`;
}

/** Asks week by week. Where the first week begins is the service's to say, so without `--from` the last day goes first. */
async function reconcile(context: CommandContext, { from, to, repair, acceptLoss }: ReconcileFlags): Promise<Drift> {
  if (acceptLoss && !repair) throw new UsageError('--accept-loss goes with --repair.');
  const client = context.client();
  const drift = new Drift();
  const lastDay = floorTo('day', to === undefined ? context.now() : to - 1);
  if (from !== undefined && floorTo('day', from) > lastDay) throw new UsageError('--to should be after --from.');
  const ask = async (span: Span): Promise<Answer> => {
    // The service knows better than this clock when its running day ends.
    const open = to === undefined && span.to > lastDay;
    const body = {
      from: iso(span.from),
      ...(open ? {} : { to: iso(span.to) }),
      repair: repair ?? false,
      acceptLoss: acceptLoss ?? false,
    };
    const answer = await client.post('/admin/reconcile', body);
    drift.add(answer);
    return answer;
  };
  let rest = { from: floorTo('day', from ?? lastDay), to: lastDay + DAY };
  if (from === undefined) rest = { from: Date.parse((await ask(rest)).text('earliest')), to: lastDay };
  const days = Math.max(0, (rest.to - rest.from) / DAY);
  const progress = context.progress();
  progress.start('Comparing', days);
  try {
    for (const week of weeksOf(rest)) {
      await ask(week);
      const done = (week.to - rest.from) / DAY;
      progress.update(done, `${done} of ${days} days, ${grouped(drift.buckets)} drifted buckets`);
    }
  } finally {
    progress.stop();
  }
  return drift;
}

function addDelete(events: Command, context: CommandContext): void {
  events
    .command('delete')
    .summary("delete an account's or a key's events")
    .description(
      "Delete the events of an account or of one of its keys, raw and in every rollup, for good. Needs an admin's key.",
    )
    .requiredOption('--account <id>', 'account whose events go')
    .option('--key-id <id>', 'only events of this key')
    .option('--from <date>', 'only events from this date or ISO 8601 time on', instantOption)
    .option('--to <date>', 'only events before this date or ISO 8601 time', instantOption)
    .option('--yes', 'really do it')
    .addHelpText(
      'after',
      `
An event that is sent again with the id of a deleted one stays deleted for as long as repeats are recognised.

Examples:
  $ meterhouse events delete --account acme --yes
  $ meterhouse events delete --account acme --key-id key_2f8a --from 2026-02-14T09:00:00Z --to 2026-02-15 --yes`,
    )
    .action(async (flags: DeleteFlags) => {
      if (!flags.yes) {
        throw new UsageError(`This deletes events of ${flags.account} for good; add --yes if that is what you want.`);
      }
      context.note('Deleting…');
      const answer = await context.client().post('/admin/events/delete', {
        accountId: flags.account,
        ...(flags.keyId === undefined ? {} : { keyId: flags.keyId }),
        ...(flags.from === undefined ? {} : { from: iso(flags.from) }),
        ...(flags.to === undefined ? {} : { to: iso(flags.to) }),
        confirm: true,
      });
      context.print(deletionSummary(answer, flags));
    });
}

function deletionSummary(answer: Answer, { account, keyId, from, to }: DeleteFlags): string {
  const rollups = answer.list('rollups').map((item) => new Answer(item));
  const [events, parked] = [answer.number('eventsDeleted'), answer.number('parkedEventsDeleted')];
  if (events + parked === 0 && rollups.every((rollup) => rollup.number('requestsRemoved') === 0)) {
    const where = `of account ${account}${keyId === undefined ? '' : ` and key ${keyId}`}`;
    const span = from === undefined && to === undefined ? '' : ' in this time';
    return `No events ${where} were found${span}: nothing was deleted.`;
  }
  const removed = rollups.map((rollup) => `${rollup.text('rollup')} ${grouped(rollup.number('requestsRemoved'))}`);
  const waiting = parked === 0 ? '' : `, ${grouped(parked)} dead letters or events of damaged parts of the log`;
  return `Deleted ${grouped(events)} events${waiting}; requests removed from the rollups: ${removed.join(', ')}.`;
}
