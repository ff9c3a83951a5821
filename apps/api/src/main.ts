/** The service: reads the environment, opens the storage, serves. A start that cannot succeed ends with one sentence. */
import { Logger } from '@nestjs/common';
import { StorageError } from '@meterhouse/clickhouse';
import { SettingsError, loadSettings } from '@meterhouse/common';
import { createApp } from './app';

async function main(): Promise<void> {
  const settings = loadSettings();
  const app = await createApp(settings);
  const { port, host } = settings.server;
  await app.listen(port, host).catch((error: unknown) => {
    throw listenError(error, port, host);
  });
  new Logger('Meterhouse').log(`Ready at ${await app.getUrl()} (API documentation at ${await app.getUrl()}/docs).`);
}

main().catch((error: unknown) => {
  const expected = error instanceof SettingsError || error instanceof StorageError;
  process.stderr.write(
    `Meterhouse cannot start: ${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
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
