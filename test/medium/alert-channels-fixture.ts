/** The routes under /alerts/channels over HTTP, with an admin to make keys, and the outbox behind them. */
import { Logger } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import { AlertChannelsModule } from '../../apps/api/src/alert-channels/alert-channels.module';
import type { AlertNotification, NotificationKind } from '../../apps/api/src/alert-channels/notification';
import { NotificationsService } from '../../apps/api/src/alert-channels/notifications.service';
import { Outbox } from '../../apps/api/src/alert-channels/outbox/outbox';
import { KeysModule } from '../../apps/api/src/keys/keys.module';
import { openTestApi } from '../support/api';
import { FixedClock } from '../support/fixed-clock';
import { type TestStorage, openTestStorage } from '../support/storage';
import { until } from '../support/until';

export const ADMIN = 'the admin secret of the tests of channels';

const MEMBER = { permissions: ['usage:read', 'alerts:write'], tier: 'enterprise' };

export type ChannelsApi = ReturnType<typeof apiOf> & { restart(): Promise<void> };

/** @param env asked when it is opened, for what is not known before */
export function useChannelsApi(env: () => Record<string, string> = () => ({})): ChannelsApi {
  const api = {} as ChannelsApi;
  const clock = new FixedClock(Date.now());
  let storage: TestStorage;
  const open = async (): Promise<void> => {
    const app = await openTestApi(storage, clock, KeysModule, AlertChannelsModule);
    Object.assign(api, apiOf(app, storage, clock));
  };
  beforeAll(async () => {
    Logger.overrideLogger(false);
    storage = await openTestStorage({ ADMIN_KEY: ADMIN, WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1', ...env() });
    api.restart = async () => {
      // It closes the storage too.
      await api.app.close();
      storage = { ...storage, clickhouse: await ClickHouse.open(storage.settings.storage) };
      await open();
    };
    await open();
  });
  afterAll(async () => {
    await api.app.close();
    await storage.close();
  });
  return api;
}

let accounts = 0;

function apiOf(app: Awaited<ReturnType<typeof openTestApi>>, storage: TestStorage, clock: FixedClock) {
  async function call(as: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown) {
    const answer = await app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${as}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, body: answer.json() };
  }

  /** A member of an account of its own. */
  async function member(fields: object = {}): Promise<{ secret: string; accountId: string }> {
    const accountId = `account-${accounts++}`;
    const answer = await call(ADMIN, 'POST', '/keys', { name: 'test', accountId, ...MEMBER, ...fields });
    expect(answer).toMatchObject({ status: 201 });
    return { secret: answer.body.apiKey, accountId };
  }

  /** A channel of a member's account. */
  async function channel(as: string, target: string, type = 'webhook') {
    const answer = await call(as, 'POST', '/alerts/channels', { name: 'On call', type, target });
    expect(answer).toMatchObject({ status: 201 });
    return { ...answer.body.channel, secret: answer.body.secret };
  }

  const outbox = app.get(Outbox);
  const notifications = app.get(NotificationsService);

  return {
    app,
    clock,
    clickhouse: storage.clickhouse,
    settings: storage.settings,
    call,
    member,
    channel,
    outbox,
    notifications,
    /** Waits until the outbox has nothing more to send. */
    sent: () => until(() => Promise.resolve(outbox.waiting === 0)),
    deliveriesOf: async (as: string, id: string) =>
      (await call(as, 'GET', `/alerts/channels/${id}/deliveries`)).body.deliveries,
  };
}

let notifications = 0;

/** A notification as the evaluation of rules makes it. */
export function aNotification(
  { id: channelId, accountId }: { id: string; accountId: string },
  kind: NotificationKind,
  { alertId = 'alr_1', at, id = `ntf_${notifications++}` }: { alertId?: string; at: number; id?: string },
): AlertNotification {
  const alert = {
    id: alertId,
    ruleName: 'Error rate of checkout',
    accountId,
    group: { keyId: 'key_1', endpoint: '/v1/checkout' },
    severity: 'high',
    state: kind === 'resolved' ? 'resolved' : 'firing',
    value: 8.2,
    threshold: 5,
    startedAt: new Date(at).toISOString(),
  };
  const rule = { id: 'rul_1', name: 'Error rate of checkout', metric: 'errorRate' };
  const links = { dashboard: 'https://usage.example.com/app/alerts', usage: 'https://usage.example.com/usage' };
  return { id, channelId, accountId, alertId, kind, at: new Date(at), alert, rule, links };
}
