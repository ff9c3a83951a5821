/** `meterhouse demo`. */
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../context';
import { CliError } from '../errors';
import { grouped } from '../progress';
import { ACCOUNT_COUNT, TOUR_KEY } from './accounts';
import { ensureDemoPlans } from './demo-plans';
import { type DemoResult, runDemo } from './run-demo';

interface Flags {
  days: number;
  events: number;
  seed: number;
}

const HELP = `
Needs an admin's key. The data: ${ACCOUNT_COUNT} accounts of a shop's API on a power law, days and nights, weekends, a customer that
grows, an incident about twelve days ago, keys that run into their limits, one about to expire and one never used.
Run again, it adds what is newer than the last run and nothing twice.

Examples:
  $ meterhouse demo
  $ meterhouse demo --days 30 --events 50000 --seed 7`;

export function addDemoCommand(program: Command, context: CommandContext): void {
  program
    .command('demo')
    .summary('load demo data')
    .description('Load believable demo data, and print a key and four calls to try.')
    .option('--days <n>', 'days up to now', wholeNumber(1, 365), 90)
    .option('--events <n>', 'how many events, at least', wholeNumber(1_000, 10_000_000), 300_000)
    .option('--seed <n>', 'another number makes other data of the same kind', wholeNumber(0, 999_999), 1)
    .addHelpText('after', HELP)
    .action(async (flags: Flags) => {
      const client = context.client();
      const now = context.now();
      const result = await runDemo(client, { ...flags, now }, context.progress());
      await ensureDemoPlans(client, { ...flags, now });
      context.print(tour(result, client.url));
      if (result.accepted + result.duplicates === 0 && result.rejected > 0) {
        throw new CliError(`The service took none of the events: ${result.firstRejection}`);
      }
    });
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It should be a whole number from ${grouped(min)} to ${grouped(max)}.`);
  };
}

/** What the person who ran the demo can do next. */
export function tour(result: DemoResult, url: string): string {
  const { keys, accepted, duplicates, rejected } = result;
  const auth = `-H 'Authorization: Bearer ${keys.tour.apiKey}'`;
  const event = '{"method":"GET","endpoint":"/v1/hello","statusCode":200,"latencyMs":12.5}';
  const rule = '─'.repeat(78);
  return [
    rule,
    `Demo data is loaded: ${grouped(accepted)} events added, ${grouped(duplicates)} were there before.`,
    ...(rejected > 0
      ? [`${grouped(rejected)} events were not taken, the first because: ${result.firstRejection}`]
      : []),
    '',
    `Account  ${TOUR_KEY.accountId}, the largest`,
    `Key      ${keys.tour.apiKey}`,
    `         may ${TOUR_KEY.permissions.join(', ')}${keys.repeated ? '; new, the one printed before works no more' : ''}`,
    '',
    'Open the dashboard, signed in:',
    `${url}/app#key=${keys.tour.apiKey}`,
    '',
    'The last 24 hours:',
    `curl -s ${auth} '${url}/usage?timeframe=24h'`,
    '',
    'Thirty days, day by day, the endpoints with most errors first:',
    `curl -s ${auth} '${url}/usage?timeframe=30d&granularity=day&sort=errors&limit=5'`,
    '',
    'What the running month costs so far:',
    `curl -s ${auth} '${url}/usage/cost'`,
    '',
    'Send an event of your own; it counts at once:',
    `curl -s ${auth} -H 'Content-Type: application/json' -d '${event}' '${url}/events?wait=true'`,
    '',
    `Documentation: ${url}/docs`,
    rule,
  ].join('\n');
}
