/** `meterhouse plans list`, `apply` and `assign`. */
import { readFile } from 'node:fs/promises';
import { reasonOf } from '@meterhouse/common';
import type { Command } from 'commander';
import type { CommandContext } from '../context';
import { UsageError } from '../errors';
import { minute, table } from '../table';
import { type FilePlan, differences, readPlanFile, said } from './plan-file';
import type { PlanInfo } from './plan-info';

/** A plan of the file beside the one of the service that it changes. */
interface Change {
  plan: FilePlan;
  present: PlanInfo | undefined;
  lines: string[];
}

export function addPlansCommand(program: Command, context: CommandContext): void {
  const plans = program
    .command('plans')
    .summary('list plans, apply a file of plans, give one to an account')
    .description("Plans: what usage costs. Needs an admin's key.")
    .addHelpText('after', '\nExamples:\n  $ meterhouse plans list\n  $ meterhouse plans apply plans.yaml --yes');
  plans
    .command('list')
    .description('List the newest version of every plan.')
    .option('--json', 'print JSON, as the service answers it')
    .action(async ({ json }: { json?: boolean }) => {
      const found = await context.client().listPlans();
      if (json) context.print(JSON.stringify(found.map(asAnswered), null, 2));
      else context.print(found.length === 0 ? 'There are no plans.' : planTable(found));
    });
  plans
    .command('apply')
    .description(
      'Make the plans of a YAML file, and new versions of those that it changes; shows the difference first.',
    )
    .argument('<file>', 'a list "plans:", each as POST /plans takes it, found again by its id or name')
    .option('--yes', 'change them; without it the difference is shown and nothing is done')
    .addHelpText(
      'after',
      '\nExamples:\n  $ meterhouse plans apply plans.yaml\n  $ meterhouse plans apply plans.yaml --yes',
    )
    .action(async (file: string, { yes }: { yes?: boolean }) => apply(file, yes === true, context));
  plans
    .command('assign')
    .description('Give an account a plan from an instant on.')
    .argument('<accountId>', 'id of the account')
    .argument('<planId>', 'id of the plan, as "plans list" shows it')
    .option('--from <date>', 'date or ISO 8601 time (default: the start of the running period)')
    .addHelpText('after', '\nExample:\n  $ meterhouse plans assign acme pln_4fJ2mZ0aQ9xT7bKd --from 2026-11-01')
    .action(async (accountId: string, planId: string, { from }: { from?: string }) => {
      const body = { planId, ...(from === undefined ? {} : { from }) };
      await context.client().put(`/accounts/${encodeURIComponent(accountId)}/plan`, body);
      context.print(`${accountId} has the plan ${planId}${from === undefined ? '' : ` from ${from} on`}.`);
    });
}

async function apply(file: string, isMeant: boolean, context: CommandContext): Promise<void> {
  const wanted = readPlanFile(await contentOf(file));
  const client = context.client();
  const present = await client.listPlans();
  const changes = wanted.map((plan): Change => {
    const found = matching(plan, present);
    return { plan, present: found, lines: found ? differences(found.body, plan.body) : said(plan.body) };
  });
  for (const change of changes) context.print(described(change));
  const open = changes.filter(({ present: found, lines }) => found === undefined || lines.length > 0);
  if (open.length === 0) return;
  if (!isMeant) return context.note('Nothing was changed: add --yes to apply this.');
  for (const { plan, present: found } of open) {
    const body = { ...plan.body, ...(plan.effectiveFrom === null ? {} : { effectiveFrom: plan.effectiveFrom }) };
    const answer =
      found === undefined ? await client.post('/plans', body) : await client.put(`/plans/${found.id}`, body);
    const made = answer.object('plan');
    context.print(
      `${plan.name}: ${made.text('id')}, version ${made.number('version')} from ${made.text('effectiveFrom')} on.`,
    );
  }
}

/** The plan that is meant: by its id, else by its name. */
function matching({ id, name }: FilePlan, present: readonly PlanInfo[]): PlanInfo | undefined {
  if (id !== null) {
    const found = present.find((plan) => plan.id === id);
    if (found === undefined) throw new UsageError(`There is no plan ${id}; leave the id out to make one.`);
    return found;
  }
  const named = present.filter((plan) => plan.name === name);
  if (named.length > 1)
    throw new UsageError(`There are ${named.length} plans named "${name}"; say by id which one is meant.`);
  return named[0];
}

function described({ plan, present, lines }: Change): string {
  const head = present === undefined ? 'new' : lines.length === 0 ? 'unchanged' : `version ${present.version + 1}`;
  return [`${plan.name}: ${head}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`The file cannot be read: ${reasonOf(error)}`);
  }
}

function asAnswered({ id, version, effectiveFrom, body }: PlanInfo): object {
  return { id, version, effectiveFrom, ...body };
}

function planTable(plans: readonly PlanInfo[]): string {
  const rows = plans.map(({ id, name, version, currency, effectiveFrom }) => [
    id,
    name,
    String(version),
    currency,
    minute(effectiveFrom),
  ]);
  return table(['ID', 'NAME', 'VERSION', 'CURRENCY', 'EFFECTIVE FROM'], rows, ['VERSION']);
}
