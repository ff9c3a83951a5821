export { tablesOf } from './figures';
export { BackupError, type Manifest, RESTORE_MARK } from './manifest';
export { type RestoreOptions, type Restored, restore } from './restore';
export { Snapshot, UPGRADE_FOLDER } from './snapshot';
export { type About, type BackupProgress, type WriteOptions, checkDirectory, writeBackup } from './write';
