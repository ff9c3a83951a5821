/** Before the tables are changed: what is about to be done, and a copy of the data folder to go back to. */
import { readdir, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import { Snapshot, UPGRADE_FOLDER, writeBackup } from '@meterhouse/backup';
import { type ClickHouse, type Migration, StorageError, purposeOf } from '@meterhouse/clickhouse';
import { iso, projectVersion, reasonOf } from '@meterhouse/common';

/**
 * Says a line for each migration, and copies the data folder in hard links, which take no room until parts of tables are
 * merged. Only the latest such copy is kept. There is nothing to copy of a new folder, and a server's tables cannot be.
 * @throws StorageError when the copy fails: nothing has been changed then
 */
export async function beforeMigrations(
  clickhouse: ClickHouse,
  dataDir: string,
  pending: readonly Migration[],
  applied: number,
): Promise<void> {
  const logger = new Logger('Upgrade');
  if (applied === 0) {
    logger.log(`Making the tables, in ${pending.length} migrations; there is nothing to copy before.`);
    return;
  }
  for (const migration of pending) {
    logger.log(`Migration ${String(migration.version).padStart(4, '0')}_${migration.name}: ${purposeOf(migration)}`);
  }
  if (!clickhouse.embedded) {
    logger.warn(
      'The tables are on a server, so that no copy is taken here: going back needs a BACKUP DATABASE of before.',
    );
    return;
  }
  const copy = await copyBefore(clickhouse, resolve(dataDir)).catch((error: unknown) => {
    throw new StorageError(
      `DATA_DIR could not be copied before ${pending.length} migrations, so that none was begun: ${reasonOf(error)}`,
      error,
    );
  });
  logger.log(
    `Copied DATA_DIR to ${copy} before the migrations. To go back: the version of before, and "meterhouse restore ${copy}". ` +
      'Remove it when you are content with this version.',
  );
}

/** Nothing else runs yet. */
async function copyBefore(clickhouse: ClickHouse, dataDir: string): Promise<string> {
  const createdAt = iso(Date.now());
  const snapshot = await Snapshot.prepare(clickhouse, dataDir);
  try {
    await snapshot.take();
    const tables = await snapshot.complete();
    const directory = join(dataDir, UPGRADE_FOLDER);
    const about = { version: projectVersion(), schema: await snapshot.schema(), createdAt, tables };
    const copy = await writeBackup(snapshot.folder, directory, about);
    for (const name of await readdir(directory)) {
      if (name !== basename(copy)) await rm(join(directory, name), { recursive: true });
    }
    return copy;
  } finally {
    await snapshot.remove();
  }
}
