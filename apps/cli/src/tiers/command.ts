/** `meterhouse tiers backtest`. */
import { type CsvCell, csvOf, iso } from '@meterhouse/common';
import { type Command, Option } from 'commander';
import { Answer } from '../answer';
import type { CommandContext } from '../context';
import { countOption } from '../count-option';
import { instantOption } from '../instant-option';
import { grouped } from '../progress';
import { table } from '../table';

const TIMEFRAMES = ['1h', '24h', '7d', '30d', '90d', '1y', 'all'];
const DEFAULT_LIMIT = 100;
/** Keys that the service answers at once. */
const PAGE = 1_000;

interface Flags {
  account?: string;
  keyId?: string[];
  timeframe?: string;
  from?: number;
  to?: number;
  minute?: number;
  hour?: number;
  day?: number;
  limit: number;
  csv?: boolean;
  json?: boolean;
}

/** What a limit would have refused of a key, by the name of a tier or `custom`. */
interface Tried {
  name: string;
  requests: number;
  minutes: number;
  days: number;
  worst: { at: string; requests: number } | null;
}

interface KeyInfo {
  id: string;
  account: string;
  name: string;
  tier: string;
  requests: number;
  fits: string | null;
  tried: Tried[];
}

export function addTiersCommand(program: Command, context: CommandContext): void {
  program
    .command('tiers')
    .summary('what each tier would have refused')
    .description('Tiers: the limits of keys.')
    .addHelpText('after', '\nExample:\n  $ meterhouse tiers backtest --account acme')
    .command('backtest')
    .description(
      'Show what each tier, or another limit, would have refused of what keys sent, and the lowest that fits.',
    )
    .option('--account <id>', "the account; needs an admin's key (default: the caller's account, an admin's all)")
    .option('--key-id <id...>', 'only these keys (default: all that are active)')
    .addOption(new Option('--timeframe <time>', 'how far back from now (default: 30d)').choices(TIMEFRAMES))
    .option('--from <date>', 'instead of a timeframe: a date or an ISO 8601 time', instantOption)
    .option('--to <date>', 'the end, exclusive (default: now)', instantOption)
    .option('--minute <n>', 'a limit to try: requests in a clock minute', countOption)
    .option('--hour <n>', 'a limit to try: requests in a clock hour', countOption)
    .option('--day <n>', 'a limit to try: requests in a UTC day', countOption)
    .option('--limit <n>', 'the first keys only, most refused first', countOption, DEFAULT_LIMIT)
    .option('--csv', 'print a row for each key and limit as CSV')
    .option('--json', 'print JSON, as the service answers it')
    .addHelpText(
      'after',
      '\nExamples:\n  $ meterhouse tiers backtest --account acme --minute 120\n  $ meterhouse tiers backtest --from 2026-10-01 --to 2026-11-01 --limit 10000 --csv',
    )
    .action((flags: Flags) => backtest(flags, context));
}

async function backtest(flags: Flags, context: CommandContext): Promise<void> {
  const answer = await ask(flags, context, 0);
  const keys = answer.list('keys');
  const total = answer.object('pagination').number('total');
  while (keys.length < Math.min(flags.limit, total)) {
    const more = (await ask(flags, context, keys.length)).list('keys');
    if (more.length === 0) break;
    keys.push(...more);
  }
  const notice = answer.textOrNull('notice');
  if (notice !== null) context.note(notice);
  if (keys.length < total) context.note(`${grouped(total - keys.length)} more keys are not shown; see --limit.`);
  if (flags.json) context.print(JSON.stringify({ ...answer.all(), keys }, null, 2));
  else if (flags.csv) context.print(csv(keys.map(readKey)).replaceAll('\r\n', '\n').trimEnd());
  else context.print(keys.length === 0 ? 'There are no such keys.' : described(answer, keys.map(readKey)));
}

function ask(flags: Flags, context: CommandContext, offset: number): Promise<Answer> {
  const { account, keyId = [], timeframe, from, to, minute, hour, day, limit } = flags;
  const given = {
    accountId: account,
    timeframe,
    from: from === undefined ? undefined : iso(from),
    to: to === undefined ? undefined : iso(to),
    requestsPerMinute: minute,
    requestsPerHour: hour,
    requestsPerDay: day,
    limit: Math.min(PAGE, limit - offset),
    offset,
  };
  const query = new URLSearchParams(keyId.map((id): [string, string] => ['keyId', id]));
  for (const [name, value] of Object.entries(given)) if (value !== undefined) query.set(name, String(value));
  return context.client().get(`/usage/tiers?${query.toString()}`);
}

function readKey(item: unknown): KeyInfo {
  const key = new Answer(item);
  const tiers = key.list('byTier').map((tier) => new Answer(tier));
  const custom = key.unknown('custom') === null ? [] : [readTried('custom', key.object('custom'))];
  return {
    id: key.text('keyId'),
    account: key.text('accountId'),
    name: key.text('name'),
    tier: key.text('tier'),
    requests: key.number('requests'),
    fits: key.textOrNull('fits'),
    tried: [...tiers.map((tier) => readTried(tier.text('tier'), tier)), ...custom],
  };
}

function readTried(name: string, of: Answer): Tried {
  const worst = of.unknown('worst') === null ? null : of.object('worst');
  return {
    name,
    requests: of.number('throttledRequests'),
    minutes: of.number('throttledMinutes'),
    days: of.number('throttledDays'),
    worst: worst && { at: worst.text('at'), requests: worst.number('requests') },
  };
}

function described(answer: Answer, keys: readonly KeyInfo[]): string {
  const period = answer.object('period');
  const summary = answer.object('summary');
  const tiers = summary.list('byTier').map((tier) => new Answer(tier));
  const together = tiers.map((tier) => [
    tier.text('tier'),
    grouped(tier.number('fits')),
    grouped(tier.number('throttledKeys')),
    grouped(tier.number('throttledRequests')),
  ]);
  if (summary.unknown('custom') !== null) {
    const custom = summary.object('custom');
    together.push(['custom', '', grouped(custom.number('throttledKeys')), grouped(custom.number('throttledRequests'))]);
  }
  const sent = `${grouped(summary.number('requests'))} requests of ${grouped(summary.number('keys'))} keys`;
  const names = (keys[0]?.tried ?? []).map(({ name }) => name.toUpperCase());
  const rows = keys.map(({ id, account, name, tier, requests, fits, tried }) => [
    id,
    account,
    name,
    tier,
    fits ?? '-',
    grouped(requests),
    ...tried.map((of) => grouped(of.requests)),
  ]);
  return [
    `Would have been refused from ${period.text('from')} to ${period.text('to')}, of ${sent}:`,
    '',
    table(['LIMIT', 'FITS', 'KEYS', 'REFUSED'], together, ['FITS', 'KEYS', 'REFUSED']),
    '',
    table(['KEY', 'ACCOUNT', 'NAME', 'TIER', 'FITS', 'REQUESTS', ...names], rows, ['REQUESTS', ...names]),
  ].join('\n');
}

function csv(keys: readonly KeyInfo[]): string {
  const headings = ['keyId', 'accountId', 'name', 'tier', 'requests', 'fits', 'limit'];
  const figures = ['throttledRequests', 'throttledMinutes', 'throttledDays', 'worstAt', 'worstRequests'];
  const rows = keys.flatMap(({ id, account, name, tier, requests, fits, tried }) =>
    tried.map((of): CsvCell[] => [
      ...[id, account, name, tier, requests, fits, of.name],
      ...[of.requests, of.minutes, of.days, of.worst?.at ?? null, of.worst?.requests ?? null],
    ]),
  );
  return csvOf([[...headings, ...figures], ...rows]);
}
