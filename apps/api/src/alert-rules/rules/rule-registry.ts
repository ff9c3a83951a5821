import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@meterhouse/common';
import type { VersionedTable } from '../../storage/versioned-records';
import { DocumentRecords } from '../stored/document-records';
import type { Stored } from '../stored/documents.repository';
import { RulesRepository } from './rules.repository';
import type { Rule } from './rule';

/** A rule as it was last written. */
export interface KnownRule {
  rule: Rule;
  deleted: boolean;
}

/** Every rule in memory. */
@Injectable()
export class RuleRegistry implements OnModuleInit, BeforeApplicationShutdown {
  private readonly rules: DocumentRecords<Rule>;

  constructor(@Inject(RulesRepository) table: VersionedTable<Stored<Rule>>, clock: Clock) {
    this.rules = new DocumentRecords(table, clock, 'alert rules', new Logger('AlertRules'));
  }

  async onModuleInit(): Promise<void> {
    await this.rules.open();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rules.close();
  }

  /** All rules that are not deleted. */
  list(): Rule[] {
    return this.rules.present();
  }

  /** A rule, also one that was deleted in the last days. */
  find(id: string): KnownRule | undefined {
    const stored = this.rules.get(id);
    return stored && { rule: stored.body, deleted: stored.deleted };
  }

  /** Writes a new rule. @param check throws to refuse it; no other rule is written between it and the write */
  async create(rule: Rule, check: () => void): Promise<Rule> {
    const { id, accountId } = rule;
    const stored = await this.rules.write(id, (_, version) => {
      check();
      return { id, version, accountId, deleted: false, body: { ...rule, version } };
    });
    return stored.body;
  }

  /** Changes a rule from its present state. @param change throws to leave it as it is */
  async change(id: string, change: (rule: Rule) => Rule): Promise<Rule> {
    return this.write(id, false, change);
  }

  async delete(id: string): Promise<void> {
    await this.write(id, true, (rule) => rule);
  }

  private async write(id: string, deleted: boolean, change: (rule: Rule) => Rule): Promise<Rule> {
    const stored = await this.rules.write(id, (present, version) => {
      if (!present) throw new Error(`There is no rule ${id} to change.`);
      return { ...present, version, deleted, body: { ...change(present.body), version } };
    });
    return stored.body;
  }
}
