/** `meterhouse cost`. */
import { type Command, InvalidArgumentError } from 'commander';
import { Answer } from '../answer';
import type { CommandContext } from '../context';
import { grouped } from '../progress';
import { table } from '../table';

interface Flags {
  account?: string;
  period?: string;
  plan?: string;
  csv?: boolean;
  json?: boolean;
}

/** Keys that are shown. */
const MOST_KEYS = 10;

export function addCostCommand(program: Command, context: CommandContext): void {
  program
    .command('cost')
    .summary('what an account costs')
    .description('Show what the usage of an account costs, line by line.')
    .option('--account <id>', "the account; needs an admin's key (default: the caller's account)")
    .option('--period <period>', 'current, previous, or a month such as 2026-10 (default: current)', period)
    .option('--plan <id>', 'what this plan would have cost (default: the plan of the account)')
    .option('--csv', 'print all of it as CSV')
    .option('--json', 'print JSON, as the service answers it')
    .addHelpText(
      'after',
      '\nExamples:\n  $ meterhouse cost --account acme\n  $ meterhouse cost --account acme --period 2026-10 --csv',
    )
    .action(async ({ account, period: named, plan, csv, json }: Flags) => {
      const query = new URLSearchParams({ period: named ?? 'current' });
      if (account !== undefined) query.set('accountId', account);
      if (plan !== undefined) query.set('planId', plan);
      if (csv) {
        query.set('format', 'csv');
        context.print(
          (await context.client().text(`/usage/cost?${query.toString()}`)).replaceAll('\r\n', '\n').trimEnd(),
        );
        return;
      }
      const answer = await context.client().get(`/usage/cost?${query.toString()}`);
      context.print(json ? JSON.stringify(answer.all(), null, 2) : described(answer));
    });
}

function period(text: string): string {
  if (/^(current|previous|\d{4}-(0[1-9]|1[0-2]))$/.test(text)) return text;
  throw new InvalidArgumentError('It should be current, previous, or a month such as 2026-10.');
}

function described(answer: Answer): string {
  const plan = answer.object('plan');
  const { from, to } = { from: answer.object('period').text('from'), to: answer.object('period').text('to') };
  const currency = answer.text('currency');
  const lines = answer.list('lines').map((item) => new Answer(item));
  const figures = ['flatFee', 'discount', 'maximumCut', 'minimumTopUp'].filter(
    (name) => Number(answer.text(name)) !== 0,
  );
  const rows = [
    ...lines.map((line) => [line.text('name'), grouped(line.number('units')), line.text('amount')]),
    ...figures.map((name) => [NAMES[name] ?? name, '', `${TAKEN_OFF.includes(name) ? '-' : ''}${answer.text(name)}`]),
    ['Total', '', answer.text('total')],
  ];
  const keys = answer
    .list('byKey')
    .slice(0, MOST_KEYS)
    .map((item) => new Answer(item))
    .map((key) => [
      key.text('keyId'),
      key.textOrNull('name') ?? '-',
      grouped(key.number('requests')),
      key.text('amount'),
    ]);
  const projected = answer.unknown('projected') === null ? [] : [projectedLine(answer.object('projected'), currency)];
  return [
    `${plan.text('name')} (${plan.text('id')}, version ${plan.number('version')}), ${from} to ${to}`,
    '',
    table(['LINE', 'UNITS', currency], rows, ['UNITS', currency]),
    ...projected,
    '',
    table(['KEY', 'NAME', 'REQUESTS', currency], keys, ['REQUESTS', currency]),
  ].join('\n');
}

const NAMES: Readonly<Record<string, string>> = {
  flatFee: 'Flat fee',
  discount: 'Discount',
  maximumCut: 'Above the maximum',
  minimumTopUp: 'Up to the minimum',
};

const TAKEN_OFF: readonly string[] = ['discount', 'maximumCut'];

function projectedLine(projected: Answer, currency: string): string {
  const [expected, low, high] = [projected.text('expected'), projected.text('low'), projected.text('high')];
  return `Expected at the end: ${expected} ${currency} (${low} to ${high})`;
}
