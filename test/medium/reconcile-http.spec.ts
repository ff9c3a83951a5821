/** The routes of maintenance over HTTP. Real: the engine, authentication, validation. Not real: the clock, the writer. */
import { Logger, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ROLLUPS } from '@meterhouse/clickhouse/rollups';
import { AuthModule } from '../../apps/api/src/auth/auth.module';
import { ExclusiveWrites } from '../../apps/api/src/ingest/delivery/exclusive-writes';
import { ParkedEvents } from '../../apps/api/src/ingest/delivery/parked-events';
import { IngestMetrics } from '../../apps/api/src/ingest/ingest-metrics';
import { KeysModule } from '../../apps/api/src/keys/keys.module';
import { MaintenanceController } from '../../apps/api/src/maintenance/maintenance.controller';
import { MaintenanceRepository } from '../../apps/api/src/maintenance/maintenance.repository';
import { Integrity } from '../../apps/api/src/maintenance/integrity';
import { IntegrityRepository } from '../../apps/api/src/maintenance/integrity.repository';
import { MaintenanceTurn } from '../../apps/api/src/maintenance/maintenance-turn';
import { MaintenanceService } from '../../apps/api/src/maintenance/maintenance.service';
import { MonitoringModule } from '../../apps/api/src/monitoring/monitoring.module';
import { StorageModule } from '../../apps/api/src/storage/storage.module';
import { openTestApi } from '../support/api';
import { FixedClock } from '../support/fixed-clock';
import { insertEvents } from '../support/insert-events';
import { type TestStorage, openTestStorage } from '../support/storage';
import { NoWriter, event } from './reconcile-fixture';

@Module({
  imports: [AuthModule, StorageModule, MonitoringModule],
  controllers: [MaintenanceController],
  providers: [
    MaintenanceService,
    MaintenanceRepository,
    ParkedEvents,
    IngestMetrics,
    MaintenanceTurn,
    Integrity,
    IntegrityRepository,
    { provide: ExclusiveWrites, useClass: NoWriter },
  ],
})
class MaintenanceOfNoWriter {}

const ADMIN = 'the admin secret of the tests of maintenance';

let storage: TestStorage;
let app: NestFastifyApplication;
let member: string;
const clock = new FixedClock(Date.now());

async function post(url: string, body?: unknown, secret = ADMIN) {
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  return { status: answer.statusCode, body: answer.json() };
}

beforeAll(async () => {
  Logger.overrideLogger(false);
  storage = await openTestStorage({ ADMIN_KEY: ADMIN });
  app = await openTestApi(storage, clock, KeysModule, MaintenanceOfNoWriter);
  member = (await post('/keys', { name: 'm', accountId: 'acme', permissions: ['usage:read', 'keys:read'] })).body
    .apiKey;
});
afterAll(async () => {
  await app.close();
  await storage.close();
});

it.each(['/admin/reconcile', '/admin/events/delete'])('%s is for admins', async (url) => {
  expect(await post(url, {}, member)).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
  expect(await post(url, {}, 'mh_nobody')).toMatchObject({ status: 401 });
});

it.each([
  ['/admin/reconcile', { from: 'yesterday' }, 'from should be a date such as 2026-03-01'],
  ['/admin/reconcile', { to: 5 }, 'to should be a date'],
  ['/admin/reconcile', { from: '2001-01-01' }, 'raw events are kept for 90 days'],
  ['/admin/reconcile', { repair: 'yes' }, 'repair should be true or false, but is "yes"'],
  ['/admin/reconcile', { repair: true, acceptLoss: 1 }, 'acceptLoss should be true or false, but is "1"'],
  ['/admin/reconcile', { repiar: true }, 'Did you mean "repair"?'],
  ['/admin/reconcile?repair=true', {}, '"repair" is not known here'],
  ['/admin/reconcile', [], 'object is expected'],
  ['/admin/events/delete', { accountId: 'acme' }, 'confirm should be true'],
  ['/admin/events/delete', { accountId: 'acme', confirm: 'true' }, 'confirm should be true'],
  ['/admin/events/delete', { confirm: true }, 'accountId should be 1 to 64 letters'],
  ['/admin/events/delete', { accountId: "a'", confirm: true }, 'accountId should be 1 to 64 letters'],
  ['/admin/events/delete', { accountId: 'a', keyId: '', confirm: true }, 'keyId should be 1 to 128 letters'],
  ['/admin/events/delete', { accountId: 'a', from: '2026-02-30', confirm: true }, 'from should be a date'],
])('%s refuses %j', async (url, body, message) => {
  const answer = await post(url, body);
  expect(answer).toMatchObject({ status: 400, body: { error: 'INVALID_PARAMETERS' } });
  expect(answer.body.message).toContain(message);
});

it('reconciles without a body, and deletes the events of a key', async () => {
  const key = (await post('/keys', { name: 'k', accountId: 'acme' })).body.keyId;
  await insertEvents(storage.clickhouse, 'acme', [event(clock.at - 60_000, { keyId: key })]);
  const found = await post('/admin/reconcile');
  expect(found).toMatchObject({ status: 200, body: { success: true, repaired: [] } });
  expect(found.body.rollups).toEqual(
    ROLLUPS.map((rollup) => ({
      rollup,
      bucketsCompared: 1,
      bucketsDrifted: 0,
      bucketsRepaired: 0,
      bucketsWithheld: 0,
      requestsMissing: 0,
      requestsExtra: 0,
      examples: [],
    })),
  );
  expect(await post('/admin/events/delete', { accountId: 'other', keyId: key, confirm: true })).toMatchObject({
    status: 404,
    body: { error: 'KEY_NOT_FOUND' },
  });
  const deleted = await post('/admin/events/delete', { accountId: 'acme', keyId: key, confirm: true });
  expect(deleted).toMatchObject({
    status: 200,
    body: {
      success: true,
      accountId: 'acme',
      keyId: key,
      from: null,
      to: null,
      eventsDeleted: 1,
      parkedEventsDeleted: 0,
      rollups: ROLLUPS.map((rollup) => ({ rollup, requestsRemoved: 1 })),
    },
  });
});
