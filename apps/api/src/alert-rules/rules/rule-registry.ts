import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, reasonOf } from '@meterhouse/common';
import { DocumentStore } from '../stored/document-store';
import type { DocumentsStorage } from '../stored/documents.repository';
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
  private readonly logger = new Logger('AlertRules');
  private readonly store: DocumentStore<Rule>;

  constructor(@Inject(RulesRepository) repository: DocumentsStorage<Rule>, clock: Clock) {
    this.store = new DocumentStore(repository, clock, {
      failed: (error) => this.logger.error(`Changes of alert rules cannot be read; retrying. ${reasonOf(error)}`),
      recovered: () => this.logger.log('Changes of alert rules are read again.'),
    });
  }

  async onModuleInit(): Promise<void> {
    await this.store.open();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.store.close();
  }

  /** All rules that are not deleted. */
  list(): Rule[] {
    return Array.from(this.store.all(), ({ body }) => body);
  }

  /** A rule, also one that was deleted in the last days. */
  find(id: string): KnownRule | undefined {
    const stored = this.store.find(id);
    return stored && { rule: stored.body, deleted: stored.deleted };
  }

  /** Writes a new rule. @param check throws to refuse it; no other rule is written between it and the write */
  async create(rule: Rule, check: () => void): Promise<Rule> {
    return this.store.write(rule.id, (_, version) => {
      check();
      return { accountId: rule.accountId, deleted: false, body: { ...rule, version } };
    });
  }

  /** Changes a rule from its present state. @param change throws to leave it as it is */
  async change(id: string, change: (rule: Rule) => Rule): Promise<Rule> {
    return this.write(id, false, change);
  }

  async delete(id: string): Promise<void> {
    await this.write(id, true, (rule) => rule);
  }

  private async write(id: string, deleted: boolean, change: (rule: Rule) => Rule): Promise<Rule> {
    return this.store.write(id, (present, version) => {
      if (!present) throw new Error(`There is no rule ${id} to change.`);
      return { accountId: present.accountId, deleted, body: { ...change(present.body), version } };
    });
  }
}
