/** The service's modules behind HTTP, without a socket: requests go in by `inject`. */
import type { Type } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Clock } from '@meterhouse/common';
import { AuthModule } from '../../apps/api/src/auth/auth.module';
import { MonitoringModule } from '../../apps/api/src/monitoring/monitoring.module';
import { ErrorFilter } from '../../apps/api/src/http/error.filter';
import { ContractValidationPipe } from '../../apps/api/src/http/validation';
import { installBodyParsers } from '../../apps/api/src/http/body/body';
import { eventsReaderOf } from '../../apps/api/src/ingest/event/sent-events';
import { RateLimitingModule } from '../../apps/api/src/rate-limiting/rate-limiting.module';
import { StorageModule } from '../../apps/api/src/storage/storage.module';
import type { TestStorage } from './storage';

/** Starts the modules with authentication and limits in front; closing the application closes the storage too. */
export async function openTestApi(
  storage: TestStorage,
  clock: Clock,
  ...modules: Type<unknown>[]
): Promise<NestFastifyApplication> {
  const { settings, clickhouse } = storage;
  const module = await Test.createTestingModule({
    imports: [
      StorageModule.forRoot(settings, clickhouse),
      MonitoringModule,
      AuthModule,
      RateLimitingModule,
      ...modules,
    ],
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  const adapter = new FastifyAdapter();
  const app = module.createNestApplication<NestFastifyApplication>(adapter, { bodyParser: false });
  installBodyParsers(adapter.getInstance(), { readerOf: eventsReaderOf });
  app.useGlobalFilters(new ErrorFilter());
  app.useGlobalPipes(new ContractValidationPipe());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
