/** `meterhouse alerts list|rules|apply`, and with `channels.ts` the rest of its commands. */
import { readFile } from 'node:fs/promises';
import { reasonOf } from '@meterhouse/common';
import { type Command, Option } from 'commander';
import { stringify } from 'yaml';
import type { Answer } from '../answer';
import type { MeterhouseClient } from '../client';
import type { CommandContext } from '../context';
import { countOption } from '../count-option';
import { UsageError } from '../errors';
import { minute, table } from '../table';
import { addChannelCommands } from './channels';
import { type Changes, type FileRule, type PresentRule, compareRules, diffOf, readRuleFile } from './rule-file';

const STATES = ['pending', 'firing', 'resolved'];

/** Fields of a rule that the service makes. */
const MADE = ['id', 'accountId', 'createdAt', 'updatedAt', 'lastEvaluatedTo', 'notJudged'];

interface ListFlags {
  account?: string;
  state?: string;
  rule?: string;
  limit?: number;
  json?: boolean;
}

interface RulesFlags {
  account?: string;
  json?: boolean;
  yaml?: boolean;
}

interface ApplyFlags {
  account?: string;
  deleteOthers?: boolean;
  yes?: boolean;
}

export function addAlertsCommand(program: Command, context: CommandContext): void {
  const alerts = program
    .command('alerts')
    .summary('list alerts, their rules and channels, apply rules from a file')
    .description('List alerts, their rules and channels, apply rules from a file, and test channels.')
    .addHelpText('after', '\nExample:\n  $ meterhouse alerts list --state firing');
  addList(alerts, context);
  addRules(alerts, context);
  addApply(alerts, context);
  addChannelCommands(alerts, context);
}

function addList(alerts: Command, context: CommandContext): void {
  alerts
    .command('list')
    .description('List alerts, the newest first.')
    .option('--account <id>', "only this account's; needs an admin's key")
    .addOption(new Option('--state <state>', 'only these').choices(STATES))
    .option('--rule <id>', 'only those of this rule')
    .option('--limit <n>', 'the first of them only (default: 100)', countOption)
    .option('--json', 'print JSON, as the service answers it')
    .addHelpText('after', '\nExample:\n  $ meterhouse alerts list --state firing --json')
    .action(async (flags: ListFlags) => {
      const filter = { accountId: flags.account, state: flags.state, ruleId: flags.rule };
      const found = await context.client().list('/alerts', 'alerts', filter, flags.limit ?? 100, (alert) => alert);
      if (flags.json)
        context.print(
          JSON.stringify(
            found.map((alert) => alert.all()),
            null,
            2,
          ),
        );
      else context.print(found.length === 0 ? 'There are no such alerts.' : alertTable(found));
    });
}

function addRules(alerts: Command, context: CommandContext): void {
  alerts
    .command('rules')
    .description('List alert rules, or print them as a file for "alerts apply".')
    .option('--account <id>', "only this account's; needs an admin's key")
    .option('--json', 'print JSON, as the service answers it')
    .option('--yaml', 'print YAML, as "alerts apply" takes it')
    .addHelpText('after', '\nExamples:\n  $ meterhouse alerts rules\n  $ meterhouse alerts rules --yaml')
    .action(async (flags: RulesFlags) => {
      const found = await rulesOf(context.client(), flags.account);
      if (flags.json) context.print(JSON.stringify(found, null, 2));
      else if (flags.yaml) context.print(stringify({ rules: found.map(withoutMade) }).trimEnd());
      else context.print(found.length === 0 ? 'There are no alert rules.' : ruleTable(found));
    });
}

function addApply(alerts: Command, context: CommandContext): void {
  alerts
    .command('apply')
    .description('Make the rules of an account those of a YAML file. Shows the difference; --yes makes it.')
    .argument('<file>', 'a file with a list of rules under "rules:", found again by their names')
    .option('--account <id>', 'account whose rules they are (an admin has to name it)')
    .option('--delete-others', 'delete rules that are not in the file')
    .option('--yes', 'make the changes that are shown')
    .addHelpText(
      'after',
      `
Fields that the file does not name stay as they are.

Examples:
  $ meterhouse alerts apply alerts.yaml
  $ meterhouse alerts apply alerts.yaml --delete-others --yes`,
    )
    .action(async (file: string, flags: ApplyFlags) => {
      const wanted = readRuleFile(await textOf(file));
      const client = context.client();
      const present = await ownRules(client, flags.account);
      const changes = compareRules(wanted, present, flags.deleteOthers ?? false);
      const diff = diffOf(changes);
      if (diff.length === 0) {
        context.print(`All rules of the file are in force (${changes.unchanged}); nothing is to be changed.`);
        return;
      }
      context.print(diff.join('\n'));
      if (!flags.yes) {
        context.note('Nothing was changed; --yes makes these changes.');
        return;
      }
      await make(client, changes, flags.account);
      context.print(
        `Created ${changes.created.length}, changed ${changes.changed.length}, deleted ${changes.deleted.length}.`,
      );
    });
}

async function make(client: MeterhouseClient, changes: Changes, account: string | undefined): Promise<void> {
  const owner = account === undefined ? {} : { accountId: account };
  for (const rule of changes.created) await client.post('/alerts/rules', { ...rule, ...owner });
  for (const { id, fields } of changes.changed) await client.patch(`/alerts/rules/${encodeURIComponent(id)}`, fields);
  for (const { id } of changes.deleted) await client.delete(`/alerts/rules/${encodeURIComponent(id)}`);
}

/** @throws UsageError for an admin that names no account: it sees the rules of all */
async function ownRules(client: MeterhouseClient, account: string | undefined): Promise<PresentRule[]> {
  if (account === undefined && (await isAdmin(client))) {
    throw new UsageError(
      'An admin sees the rules of all accounts; name the one that the file is about with --account.',
    );
  }
  return rulesOf(client, account);
}

async function isAdmin(client: MeterhouseClient): Promise<boolean> {
  return (await client.get('/me')).object('caller').boolean('isAdmin');
}

async function rulesOf(client: MeterhouseClient, account: string | undefined): Promise<PresentRule[]> {
  return client.list('/alerts/rules', 'rules', { accountId: account }, Infinity, (rule) => ({
    ...rule.all(),
    id: rule.text('id'),
    name: rule.text('name'),
  }));
}

function withoutMade(rule: PresentRule): FileRule {
  const kept = Object.entries(rule).filter(([name]) => !MADE.includes(name));
  return { name: rule.name, ...Object.fromEntries(kept) };
}

function alertTable(alerts: readonly Answer[]): string {
  const headings = ['id', 'rule', 'about', 'state', 'severity', 'value', 'threshold', 'started', 'resolved'];
  const rows = alerts.map((alert) => {
    const group = alert.object('group');
    return [
      alert.text('id'),
      alert.text('ruleName'),
      shown(group.unknown('keyId') ?? group.unknown('endpoint'), '-'),
      alert.text('state'),
      alert.text('severity'),
      String(alert.numberOrNull('value') ?? '-'),
      String(alert.numberOrNull('threshold') ?? '-'),
      minute(alert.text('startedAt')),
      minute(alert.textOrNull('resolvedAt')),
    ];
  });
  return table(headings, rows, ['value', 'threshold']);
}

function ruleTable(rules: readonly PresentRule[]): string {
  const rows = rules.map((rule) => [
    rule.id,
    rule.name,
    shown(rule['accountId'], 'all accounts'),
    String(rule['metric']),
    JSON.stringify(rule['condition']),
    String(rule['window']),
    rule['enabled'] === true ? 'enabled' : 'disabled',
  ]);
  return table(['id', 'name', 'account', 'metric', 'condition', 'window', 'state'], rows);
}

function shown(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`The file ${file} cannot be read: ${reasonOf(error)}`);
  }
}
