/** The service: reads the environment, opens the storage, serves. A start that cannot succeed ends with one sentence. */
import { Logger } from '@nestjs/common';
import { StorageError } from '@meterhouse/clickhouse';
import { SettingsError, loadSettings } from '@meterhouse/common';
import { createApp } from './app';
import { StartError, prepareProcess, startWarnings } from './start-checks';

async function main(): Promise<void> {
  prepareProcess();
  stopWithParent();
  const settings = loadSettings();
  const app = await createApp(settings);
  const logger = new Logger('Meterhouse');
  for (const warning of await startWarnings(settings.storage.dataDir)) logger.warn(warning);
  const { port, host } = settings.server;
  await app.listen(port, host).catch((error: unknown) => {
    throw listenError(error, port, host);
  });
  logger.log(
    `Ready at ${await app.getUrl()} (dashboard at ${await app.getUrl()}/app, API documentation at ${await app.getUrl()}/docs).`,
  );
}

/** `npm start` holds a channel to the service open, which the system closes with it, however it ends. */
function stopWithParent(): void {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}

main().catch((error: unknown) => {
  const expected = [StartError, SettingsError, StorageError].some((kind) => error instanceof kind);
  process.stderr.write(
    `Meterhouse cannot start: ${error instanceof Error ? (expected ? error.message : error.stack) : String(error)}\n`,
  );
  process.exit(1);
});

/** The error as one of the setting that is wrong, where its code says which. */
function listenError(error: unknown, port: number, host: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new SettingsError(`PORT: ${port} of ${host} is taken; stop what uses it or set another.`);
  if (code === 'EACCES')
    return new SettingsError(`PORT: ${port} needs more rights than this process has; set one from 1024.`);
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') {
    return new SettingsError(`HOST: expected an address of this machine, such as 127.0.0.1 or 0.0.0.0, got "${host}".`);
  }
  return error;
}
