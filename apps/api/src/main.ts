/** The service: reads the environment, opens the storage, serves. A start that cannot succeed ends with one sentence. */
import { Logger } from '@nestjs/common';
import { StorageError } from '@meterhouse/clickhouse';
import { SettingsError, loadSettings } from '@meterhouse/common';
import { createApp } from './app';

async function main(): Promise<void> {
  const settings = loadSettings();
  const app = await createApp(settings);
  await app.listen(settings.server.port, settings.server.host);
  new Logger('Meterhouse').log(`Ready at ${await app.getUrl()} (API documentation at ${await app.getUrl()}/docs).`);
}

main().catch((error: unknown) => {
  const expected = error instanceof SettingsError || error instanceof StorageError || isListenError(error);
  process.stderr.write(
    `Meterhouse cannot start: ${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});

function isListenError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
}
