import type { Logger } from '@nestjs/common';
import { type Clock, DAY, SECOND } from '@meterhouse/common';
import { VersionedRecords, type VersionedTable } from '../../storage/versioned-records';
import type { Stored } from './documents.repository';

/** How often the changes of other instances are read. */
const POLL_INTERVAL_MS = SECOND;

/** Deleted documents are known for this long: an evaluation has ended what depends on them by then. */
const DELETED_MS = 7 * DAY;

/** Documents in memory, the deleted ones too as long as they are known. */
export class DocumentRecords<T> extends VersionedRecords<Stored<T>> {
  /** @param name what they are, for the log: `silences` */
  constructor(table: VersionedTable<Stored<T>>, clock: Clock, name: string, logger: Logger) {
    super(table, clock, {
      idOf: ({ id }) => id,
      name,
      logger,
      pollMs: POLL_INTERVAL_MS,
      isOver: ({ deleted, version }, now) => deleted && version < now - DELETED_MS,
    });
  }

  /** Those that are not deleted. */
  present(): T[] {
    return [...this.values()].flatMap(({ deleted, body }) => (deleted ? [] : [body]));
  }
}
