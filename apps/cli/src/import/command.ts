/** `meterhouse import`. */
import { type Command, Option } from 'commander';
import type { CommandContext } from '../context';
import { CliError, UsageError } from '../errors';
import { type ImportOptions, ImportStopped, findNewest, runImport } from './importer';
import { type LogSource, openLog } from './lines';
import { FORMATS, type Format } from './parsed-line';
import { RejectedFile } from './rejected-file';
import { shiftFor, shiftTarget } from './shift';

interface Flags {
  format: Format;
  account?: string;
  keyId?: string;
  shiftTo?: string;
  rejected?: string;
}

const HELP = `
Formats:
  combined    Apache's and nginx's default log with referrer and browser
  common      the same without them
  nginx-json  one JSON object a line with nginx's variable names: time_iso8601 (or msec, time_local),
              request_method and request_uri or uri (or request), status, request_time (seconds),
              body_bytes_sent or bytes_sent, request_length
  ndjson      one event a line, as POST /events takes it

combined and common hold no latency: their events are sent with latencyMs 0.
Each event's id is made from the line and its number, so the same file can be imported again: nothing counts twice,
also when it has grown since, or when --shift-to moves its dates elsewhere.

Examples:
  $ meterhouse import --format combined /var/log/apache2/access.log
  $ meterhouse import --format nginx-json --shift-to now --rejected bad.log access.json.gz
  $ meterhouse import --format combined --account acme --key-id website access.log
  $ cat access.log.*.gz | meterhouse import --format combined -`;

export function addImportCommand(program: Command, context: CommandContext): void {
  program
    .command('import')
    .summary('read a log into usage events')
    .description('Read an access log, plain or gzip\'d, into usage events; "-" reads standard input.')
    .argument('<file>', 'the log, or - for standard input')
    .addOption(new Option('-f, --format <format>', 'how the log is written').choices(FORMATS).makeOptionMandatory())
    .option('--account <id>', "account to import into; needs an admin's key and --key-id")
    .option('--key-id <id>', 'key that the requests count under (default: the calling key)')
    .option('--shift-to <instant>', 'move all dates so that the newest line falls at "now" or at an ISO 8601 date')
    .option('--rejected <file>', 'write the lines that were not taken to this file')
    .addHelpText('after', HELP)
    .action((file: string, flags: Flags) => importLog(file, flags, context));
}

async function importLog(file: string, flags: Flags, context: CommandContext): Promise<void> {
  if (flags.account !== undefined && flags.keyId === undefined) {
    throw new UsageError('--account needs --key-id: name the key that the requests count under.');
  }
  const target = flags.shiftTo === undefined ? null : shiftTarget(flags.shiftTo, context.now());
  if (target !== null && file === '-') {
    throw new UsageError('--shift-to reads the log twice, which standard input does not allow; name a file.');
  }
  const client = context.client();
  const source = await openLog(file);
  const shiftMs = await shiftOf(source, flags.format, target, context);
  const rejected = flags.rejected === undefined ? null : await RejectedFile.create(flags.rejected);
  const { format, account, keyId } = flags;
  const options: ImportOptions = {
    format,
    shiftMs,
    ...(account === undefined ? {} : { account }),
    ...(keyId === undefined ? {} : { keyId }),
    onRejected: (line) => rejected?.write(line),
  };
  try {
    const summary = await runImport(client, source, options, context.progress());
    context.print(summary.toString());
    if (summary.rejected > 0 && summary.arrived === 0) {
      const unreadable = summary.unreadable === summary.rejected;
      const advice = unreadable ? `; check that it is written in the ${format} format` : '';
      throw new CliError(`No line of ${file} was taken: the reasons are above${advice}.`);
    }
  } catch (error) {
    if (error instanceof ImportStopped && error.summary.arrived > 0) context.print(error.summary.toString());
    throw error;
  } finally {
    await rejected?.close();
  }
}

async function shiftOf(
  source: LogSource,
  format: Format,
  target: number | null,
  context: CommandContext,
): Promise<number> {
  if (target === null) return 0;
  return shiftFor(await findNewest(source, format, context.progress()), target);
}
