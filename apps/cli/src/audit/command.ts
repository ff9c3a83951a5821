/** `meterhouse audit`. */
import { iso } from '@meterhouse/common';
import type { Command } from 'commander';
import type { CommandContext } from '../context';
import { countOption } from '../count-option';
import { instantOption } from '../instant-option';
import { table } from '../table';
import type { AuditInfo } from './audit-info';

const DEFAULT_LIMIT = 100;

interface AuditFlags {
  account?: string;
  action?: string;
  from?: number;
  to?: number;
  limit: number;
  json?: boolean;
}

export function addAuditCommand(program: Command, context: CommandContext): void {
  program
    .command('audit')
    .summary('show who changed what')
    .description("Show who changed what, when and from where, the newest first. Needs an admin's key.")
    .option('--account <id>', 'only what this account did, or what was done to it')
    .option('--action <action>', 'only this action, such as key.revoked')
    .option('--from <date>', 'only since then, a date or an ISO 8601 time', instantOption)
    .option('--to <date>', 'only before then', instantOption)
    .option('--limit <n>', 'the newest of them only', countOption, DEFAULT_LIMIT)
    .option('--json', 'print JSON, as the service answers it')
    .addHelpText(
      'after',
      '\nExamples:\n  $ meterhouse audit --account acme --from 2026-03-01\n  $ meterhouse audit --action sign_in.refused --limit 20 --json',
    )
    .action(async ({ from, to, json, ...filter }: AuditFlags) => {
      const entries = await context.client().listAudit({
        ...filter,
        ...(from === undefined ? {} : { from: iso(from) }),
        ...(to === undefined ? {} : { to: iso(to) }),
      });
      if (json) context.print(JSON.stringify(entries, null, 2));
      else context.print(entries.length === 0 ? 'There are no such entries.' : auditTable(entries));
    });
}

function auditTable(entries: readonly AuditInfo[]): string {
  const rows = entries.map(({ at, action, actor, target, details }) => [
    at.slice(0, 19).replace('T', ' '),
    action,
    actor.keyId ?? '-',
    actor.accountId ?? '-',
    actor.address ?? '-',
    target ?? '-',
    JSON.stringify(details),
  ]);
  return table(['AT', 'ACTION', 'KEY', 'ACCOUNT', 'ADDRESS', 'TARGET', 'DETAILS'], rows);
}
