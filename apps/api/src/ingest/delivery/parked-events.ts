import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Serial, Settings } from '@meterhouse/common';
import { Readiness } from '../../monitoring/readiness';
import { IngestMetrics } from '../ingest-metrics';
import { type RowEvent, eventOfRow } from '../rows/event-of-row';
import { DeadLetters } from './dead-letters';
import { type Recovery, SetAside } from './set-aside';

/** Takes rows into the log. */
type Accept = (rows: string[]) => Promise<void>;

/**
 * Events on this instance's disk that are not counted until an admin takes them back: dead letters, and damaged parts of
 * the log that are set aside. One thing at a time is done to them, so that what is deleted is not on its way back.
 */
@Injectable()
export class ParkedEvents {
  readonly deadLetters: DeadLetters;
  private readonly setAside: SetAside;
  private readonly steps = new Serial();

  constructor(
    { storage }: Settings,
    private readonly metrics: IngestMetrics,
    private readonly readiness: Readiness,
  ) {
    this.deadLetters = new DeadLetters(join(storage.dataDir, 'dead-letter'));
    this.setAside = new SetAside(join(storage.dataDir, 'log'));
  }

  /** Hands the dead letters to `accept`. @returns how many */
  replay(accept: Accept): Promise<number> {
    return this.steps.run(() => this.deadLetters.replay(accept));
  }

  /** Hands what can be read of the damaged parts to `accept`. */
  recover(accept: Accept): Promise<Recovery> {
    return this.steps.run(async () => {
      try {
        return await this.setAside.recover(accept);
      } finally {
        await this.report();
      }
    });
  }

  /** Removes events from the files. @returns how many */
  delete(isDeleted: (event: RowEvent) => boolean): Promise<number> {
    const isDeletedRow = (row: string): boolean => {
      const event = eventOfRow(row);
      return event !== null && isDeleted(event);
    };
    return this.steps.run(async () => {
      const letters = await this.deadLetters.delete(isDeletedRow);
      const others = await this.setAside.delete(isDeletedRow);
      await this.report();
      return letters + others;
    });
  }

  /** Says in the metrics and in readiness what is set aside. */
  async report(): Promise<void> {
    const { files, bytes } = await this.setAside.size();
    this.metrics.setAside(bytes);
    const what = `${files} damaged part(s) of the log are set aside and not counted; see meterhouse log recover`;
    this.readiness.warn('log', files === 0 ? null : what);
  }
}
