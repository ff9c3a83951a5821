import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@meterhouse/common';
import type { VersionedTable } from '../../storage/versioned-records';
import { DocumentRecords } from '../stored/document-records';
import type { Stored } from '../stored/documents.repository';
import { type Silence, silences } from './silence';
import { SilencesRepository } from './silences.repository';

/** Every silence in memory, also those that are over. */
@Injectable()
export class SilenceRegistry implements OnModuleInit, BeforeApplicationShutdown {
  private readonly silences: DocumentRecords<Silence>;

  constructor(@Inject(SilencesRepository) table: VersionedTable<Stored<Silence>>, clock: Clock) {
    this.silences = new DocumentRecords(table, clock, 'silences', new Logger('AlertSilences'));
  }

  async onModuleInit(): Promise<void> {
    await this.silences.open();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.silences.close();
  }

  list(): Silence[] {
    return this.silences.present();
  }

  find(id: string): Silence | undefined {
    const stored = this.silences.get(id);
    return stored?.deleted === false ? stored.body : undefined;
  }

  /** Those that hold at an instant, as a question for each group of a rule. */
  at(at: number): (rule: { id: string; accountId: string | null }, group: string) => boolean {
    const holding = this.list().filter(({ from, to }) => from <= at && at < to);
    return (rule, group) => holding.some((silence) => silences(silence, rule, group, at));
  }

  /** @param check throws to refuse it */
  async create(silence: Silence, check: () => void): Promise<Silence> {
    await this.write(silence, false, check);
    return silence;
  }

  async delete(silence: Silence): Promise<void> {
    await this.write(silence, true);
  }

  private async write(body: Silence, deleted: boolean, check?: () => void): Promise<void> {
    const { id, accountId } = body;
    await this.silences.write(id, (_, version) => {
      check?.();
      return { id, version, accountId, deleted, body };
    });
  }
}
