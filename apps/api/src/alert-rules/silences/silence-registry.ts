import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, reasonOf } from '@meterhouse/common';
import { DocumentStore } from '../stored/document-store';
import type { DocumentsStorage } from '../stored/documents.repository';
import { type Silence, silences } from './silence';
import { SilencesRepository } from './silences.repository';

/** Every silence in memory, also those that are over. */
@Injectable()
export class SilenceRegistry implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('AlertSilences');
  private readonly store: DocumentStore<Silence>;

  constructor(@Inject(SilencesRepository) repository: DocumentsStorage<Silence>, clock: Clock) {
    this.store = new DocumentStore(repository, clock, {
      failed: (error) => this.logger.error(`Changes of silences cannot be read; retrying. ${reasonOf(error)}`),
      recovered: () => this.logger.log('Changes of silences are read again.'),
    });
  }

  async onModuleInit(): Promise<void> {
    await this.store.open();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.store.close();
  }

  list(): Silence[] {
    return Array.from(this.store.all(), ({ body }) => body);
  }

  find(id: string): Silence | undefined {
    const stored = this.store.find(id);
    return stored?.deleted === false ? stored.body : undefined;
  }

  /** Those that hold at an instant, as a question for each group of a rule. */
  at(at: number): (rule: { id: string; accountId: string | null }, group: string) => boolean {
    const holding = this.list().filter(({ from, to }) => from <= at && at < to);
    return (rule, group) => holding.some((silence) => silences(silence, rule, group, at));
  }

  /** @param check throws to refuse it */
  async create(silence: Silence, check: () => void): Promise<Silence> {
    return this.store.write(silence.id, () => {
      check();
      return { accountId: silence.accountId, deleted: false, body: silence };
    });
  }

  async delete(silence: Silence): Promise<void> {
    await this.store.write(silence.id, () => ({ accountId: silence.accountId, deleted: true, body: silence }));
  }
}
