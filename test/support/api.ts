/** The service's modules behind HTTP, without a socket: requests go in by `inject`. */
import type { Type } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { ClickHouse } from '@meterhouse/clickhouse';
import { Clock } from '@meterhouse/common';
import { HttpModule } from '../../apps/api/src/http/http.module';
import { leaveBodiesUnread } from '../../apps/api/src/http/body/unread-bodies';
import { refuseWhileStopping } from '../../apps/api/src/http/stopping';
import { RateLimitingModule } from '../../apps/api/src/rate-limiting/rate-limiting.module';
import { SettingsModule } from '../../apps/api/src/settings.module';
import type { TestStorage } from './storage';

/** Starts the modules with authentication and limits in front; closing the application closes the storage too. */
export async function openTestApi(
  storage: TestStorage,
  clock: Clock,
  ...modules: Type<unknown>[]
): Promise<NestFastifyApplication> {
  const { settings, clickhouse } = storage;
  const module = await Test.createTestingModule({
    imports: [SettingsModule.forRoot(settings), HttpModule, RateLimitingModule, ...modules],
  })
    .overrideProvider(ClickHouse)
    .useValue(clickhouse)
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  const adapter = new FastifyAdapter({ return503OnClosing: false });
  const app = module.createNestApplication<NestFastifyApplication>(adapter, { bodyParser: false });
  leaveBodiesUnread(adapter.getInstance());
  refuseWhileStopping(adapter.getInstance());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
