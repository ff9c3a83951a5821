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

  /** Nothing may be inserted or deleted meanwhile. */
  snapshot(): Promise<Snapshot> {
    return Snapshot.take(this.clickhouse, this.settings.storage.dataDir);
  }
}
