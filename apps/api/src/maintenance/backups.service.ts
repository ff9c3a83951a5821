/** Backups of the data folder while the service runs: a snapshot in a short pause of deliveries, then a copy of it. */
import { performance } from 'node:perf_hooks';
import { resolve } from 'node:path';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { BackupError, type Snapshot, checkDirectory, writeBackup } from '@meterhouse/backup';
import { Clock, Settings, iso, projectVersion, reasonOf } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import { outsideRequest } from '../http/request-context';
import { ExclusiveWrites } from '../ingest/delivery/exclusive-writes';
import { BackupsRepository } from './backups.repository';
import type { BackupDto, LatestBackupResponseDto, StartBackupResponseDto } from './dto/backup.dto';
import { MaintenanceRepository } from './maintenance.repository';
import { MaintenanceTurn } from './maintenance-turn';

@Injectable()
export class BackupsService implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Backups');
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private last: BackupDto | null = null;

  constructor(
    private readonly repository: BackupsRepository,
    private readonly maintenance: MaintenanceRepository,
    private readonly writes: ExclusiveWrites,
    private readonly turn: MaintenanceTurn,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** The backup that runs, or the last one since the start. */
  latest(): LatestBackupResponseDto {
    return { success: true, backup: this.last, timestamp: iso(this.clock.now()) };
  }

  /**
   * Begins a backup; `latest` tells how it goes on.
   * @param by the id of the key that asked for it
   * @throws ApiException INVALID_PARAMETERS for a directory that cannot be used, or when the tables are on a server;
   *   OVERLOADED while another backup runs
   */
  async start(by: string, directory: string): Promise<StartBackupResponseDto> {
    if (!this.repository.hasTables) throw invalid(ON_SERVER);
    await checkDirectory(directory, this.settings.storage.dataDir).catch((error: unknown) => {
      throw error instanceof BackupError ? invalid(error.message) : error;
    });
    if (this.running !== undefined) {
      throw new ApiException('OVERLOADED', 'Another backup is running; GET /admin/backups shows it.', undefined, 30);
    }
    const backup = newBackup(resolve(directory), this.clock.now());
    this.last = backup;
    this.logger.log(`${by} began a backup to ${backup.directory}.`);
    this.running = outsideRequest(() => this.make(backup)).finally(() => (this.running = undefined));
    return { success: true, backup, timestamp: iso(this.clock.now()) };
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort(new Error('The service was stopped.'));
    await this.running;
  }

  /** Never rejects. */
  private async make(backup: BackupDto): Promise<void> {
    try {
      const { snapshot, tables } = await this.turn.run(() => this.snapshot(backup));
      try {
        const schema = await snapshot.schema();
        const about = { version: projectVersion(), schema, createdAt: backup.createdAt ?? '', tables };
        backup.path = await writeBackup(snapshot.folder, backup.directory, about, {
          onProgress: (progress) => Object.assign(backup, progress),
          signal: this.stopping.signal,
        });
      } finally {
        await snapshot.remove();
      }
      backup.state = 'done';
      this.logger.log(
        `Backed up ${backup.bytesTotal} bytes, ${backup.bytesNew} of them new, to ${backup.path}; ` +
          `deliveries paused for ${backup.pauseMs} ms.`,
      );
    } catch (error) {
      backup.state = 'failed';
      backup.error = reasonOf(error);
      this.logger.error(`The backup to ${backup.directory} failed: ${backup.error}`);
    }
  }

  private async snapshot(backup: BackupDto): Promise<{ snapshot: Snapshot; tables: SnapshotTables }> {
    await this.maintenance.deletionsEnded();
    const snapshot = await this.repository.prepare();
    try {
      await this.writes.run(async () => {
        const began = performance.now();
        backup.createdAt = iso(this.clock.now());
        await snapshot.take();
        backup.pauseMs = Math.round(performance.now() - began);
      });
      return { snapshot, tables: await snapshot.complete() };
    } catch (error) {
      await snapshot.remove();
      throw error;
    }
  }
}

type SnapshotTables = Awaited<ReturnType<Snapshot['complete']>>;

const ON_SERVER =
  'The tables are on the ClickHouse server of CLICKHOUSE_URL: back its database up there with BACKUP DATABASE, and ' +
  'DATA_DIR by a copy; docs/operations.md says in which order.';

function newBackup(directory: string, now: number): BackupDto {
  return {
    state: 'running',
    directory,
    path: null,
    startedAt: iso(now),
    createdAt: null,
    pauseMs: null,
    bytes: 0,
    bytesTotal: 0,
    bytesNew: 0,
    error: null,
  };
}

function invalid(message: string): ApiException {
  return new ApiException('INVALID_PARAMETERS', message, [{ field: 'directory', message }]);
}
