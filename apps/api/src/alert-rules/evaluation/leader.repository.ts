/** Which instance evaluates: the only one there is, or on a server the one that holds a lease. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type LockedWork, tryServerLock } from '@meterhouse/clickhouse';
import { Settings } from '@meterhouse/common';
import { instanceName } from '../../storage/data-folder';

const LOCK = { table: 'alert_leader', name: 'the evaluation of alert rules' };

@Injectable()
export class LeaderRepository {
  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly settings: Settings,
  ) {}

  get shared(): boolean {
    return !this.clickhouse.embedded;
  }

  instance(): Promise<string> {
    return instanceName(this.settings.storage.dataDir);
  }

  /**
   * Runs the work unless another instance runs its own.
   * @returns whether it ran
   */
  async lead(work: LockedWork<void>): Promise<boolean> {
    return 'done' in (await tryServerLock(this.clickhouse, LOCK, { instance: await this.instance() }, work));
  }
}
