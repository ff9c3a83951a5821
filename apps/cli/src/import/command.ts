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
  source?: string;
  shiftTo?: string;
  rejected?: string;
}

const HELP = `
Formats:
  combined    Apache's and nginx's default log with referrer and browser; nginx's $request_time right after the
              browser ("…" "curl/8.5" 0.013) is the latency
  common      the same without them
  nginx-json  one JSON object a line with nginx's variable names: msec (or time_iso8601, time_local),
              request_method and request_uri or uri (or request), status, request_time in seconds (else
              upstream_response_time, whose servers are added up), body_bytes_sent or bytes_sent, request_length
  ndjson      one event a line, as POST /events takes it

An event is dated at the start of its request. nginx logs the end: the request's time is taken off where the line has
it, in whole seconds where the date has no fraction. Without it the end is all there is. Apache logs the start.
Lines without a latency are sent with latencyMs 0. Lines without a request, such as TLS on a plain port, are counted
by what they were and not sent.

Importing again:
  An event's id is made from what its line says, its place among equal lines of the same second, and --source: never
  from the file or the line's number. So a log may be imported again, also grown, cut, renamed or joined with others,
  as combined or as common, and nothing counts twice for as long as raw events are kept. What a line says is host,
  user, time, request, status and size, and in JSON every field, so log request_id where you can. Events of an ndjson
  file keep the id that they bring.
  - Logs of two servers may hold equal lines: give each its own --source, and the same one each time.
  - Equal lines of one second that a rotation put into two files count once when the files are imported one by one,
    or lie more than 500,000 different lines apart. Join files in one import to count each: cat a b | … -
  - --shift-to leaves ids as they are but gives other dates: importing again adds nothing for 7 days, shifted or
    not, and later only with the same date (not "now") and the same newest line. The same holds for 7 days for
    ndjson events without a timestamp, which count when they are sent.

Examples:
  $ meterhouse import --format combined /var/log/apache2/access.log
  $ meterhouse import --format combined --source web-2 web-2/access.log
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
    .option('--source <name>', 'names the server that the log is from (default: one for all logs)')
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
  const { format, account, keyId, source: name } = flags;
  const options: ImportOptions = {
    format,
    shiftMs,
    ...(account === undefined ? {} : { account }),
    ...(keyId === undefined ? {} : { keyId }),
    ...(name === undefined ? {} : { source: name }),
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
