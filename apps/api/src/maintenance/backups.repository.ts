import { Injectable } from '@nestjs/common';
import { Snapshot } from '@meterhouse/backup';
import { ClickHouse } from '@meterhouse/clickhouse';
import { Settings } from '@meterhouse/common';

@Injectable()
export class BackupsRepository {
  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly settings: Settings,
  ) {}

  /** Whether the tables are in the data folder. */
  get hasTables(): boolean {
    return this.clickhouse.embedded;
  }

  /** A snapshot to be taken. Nothing may be deleted until it is complete. */
  prepare(): Promise<Snapshot> {
    return Snapshot.prepare(this.clickhouse, this.settings.storage.dataDir);
  }
}
