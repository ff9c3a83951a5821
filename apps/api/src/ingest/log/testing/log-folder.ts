/** Helpers of the log's specs. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { IdList } from '../../ids/id-list';
import { type EventLog, LogRecord, type Seal } from '../event-log';

/** In memory where that is possible: thousands of syncs are waited for, and no test cuts the machine's power. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder of its own for the log, removed by `remove`. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(PLACE, 'event-log-'));

  get log(): string {
    return join(this.path, 'log');
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A folder for each test of a file, and no word of the log in the tests' output. */
export function useTemporaryFolder(): { readonly log: string } {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder();
    Logger.overrideLogger(false);
  });
  afterEach(() => {
    folder.remove();
    Logger.overrideLogger(true);
  });
  return {
    get log() {
      return folder.log;
    },
  };
}

/** A record of one row. */
export const one = (row: string): LogRecord => aRecord([row]);

export function aRecord(rows: readonly string[], ids = IdList.EMPTY): LogRecord {
  return new LogRecord(Buffer.from(rows.join('\n')), rows.length, ids, 0);
}

/** A segment as it was read. */
export interface Found {
  number: number;
  records: LogRecord[];
  seal: Seal | null;
}

/** Takes and removes segment after segment until the log is empty. */
export async function drain(log: EventLog): Promise<Found[]> {
  const found: Found[] = [];
  for (let segment = await log.take(); segment; segment = await log.take()) {
    found.push({ number: segment.number, records: await segment.records(), seal: await segment.seal() });
    await segment.remove();
  }
  return found;
}
