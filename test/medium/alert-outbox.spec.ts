/** What is enqueued reaches its receivers. Real: the outbox, the embedded engine, receivers on a socket. Not real: the clock. */
import { DAY, HOUR, MINUTE, SECOND } from '@meterhouse/common';
import { RETRY_DELAYS_MS } from '../../apps/api/src/alert-channels/outbox/retry-schedule';
import { useReceiver } from '../support/receiver';
import { until } from '../support/until';
import { ADMIN, aNotification, useChannelsApi } from './alert-channels-fixture';

const api = useChannelsApi();
const receiver = useReceiver();

const ids = (): unknown[] => receiver.received.map(({ headers }) => headers['webhook-id']);
const types = (): unknown[] => receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
const received = (count: number) => until(() => Promise.resolve(receiver.received.length >= count));

/** Moves the clock on and lets the outbox look. */
const after = async (milliseconds: number): Promise<void> => {
  api.clock.at += milliseconds;
  await api.outbox.turn();
};

const statusOf = async (accountId: string, alertId = 'alr_1') =>
  (await api.notifications.ofAlerts(accountId, [alertId])).get(alertId);

const stored = async (accountId: string, status: string) =>
  until(async () => (await statusOf(accountId))?.every((each) => each.status === status) ?? false);

async function aChannel(path = '/', type = 'webhook') {
  const { secret, accountId } = await api.member();
  return { as: secret, ...(await api.channel(secret, receiver.url + path, type)), accountId };
}

it('sends a notification once, however often it is added, and says what has become of it', async () => {
  const channel = await aChannel();
  const notification = aNotification(channel, 'firing', { at: api.clock.at });
  await api.notifications.enqueue([notification]);
  await api.sent();
  await api.notifications.enqueue([notification, notification]);
  await api.sent();
  await api.restart();
  await api.notifications.enqueue([notification]);
  await api.sent();
  expect(ids()).toEqual([notification.id]);
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({
    type: 'alert.firing',
    timestamp: notification.at.toISOString(),
    data: { alert: notification.alert, rule: notification.rule, links: notification.links },
  });
  expect(await statusOf(channel.accountId)).toEqual([
    {
      channelId: channel.id,
      kind: 'firing',
      status: 'delivered',
      attempts: 1,
      lastAttemptAt: new Date(api.clock.at).toISOString(),
    },
  ]);
  expect((await api.notifications.ofAlerts('another', ['alr_1'])).get('alr_1')).toEqual([]);
});

it('tries again by the schedule, under the same id, and then gives up', async () => {
  receiver.respond = (response) => void response.writeHead(500).end();
  const channel = await aChannel();
  const notification = aNotification(channel, 'firing', { at: api.clock.at });
  await api.notifications.enqueue([notification]);
  for (const [index, delay] of RETRY_DELAYS_MS.entries()) {
    await until(async () => (await statusOf(channel.accountId))?.[0]?.attempts === index + 1);
    await after(delay - SECOND);
    expect(ids()).toHaveLength(index + 1);
    await after(delay * 0.1 + SECOND);
    await received(index + 2);
  }
  await stored(channel.accountId, 'failed');
  expect(new Set(ids())).toEqual(new Set([notification.id]));
  expect(await statusOf(channel.accountId)).toMatchObject([{ status: 'failed', attempts: 10 }]);
  expect(await api.deliveriesOf(channel.as, channel.id)).toHaveLength(10);
  await after(30 * DAY);
  expect(ids()).toHaveLength(10);
});

it('keeps the order of an alert, while others pass', async () => {
  receiver.respond = (response, { body }) => void response.writeHead(body.includes('alr_sick') ? 503 : 200).end();
  const channel = await aChannel();
  const at = api.clock.at;
  await api.notifications.enqueue([
    aNotification(channel, 'resolved', { alertId: 'alr_sick', at: at + 1 }),
    aNotification(channel, 'firing', { alertId: 'alr_sick', at }),
    aNotification(channel, 'firing', { alertId: 'alr_well', at }),
    aNotification(channel, 'resolved', { alertId: 'alr_well', at: at + 1 }),
  ]);
  await received(3);
  await until(async () => (await statusOf(channel.accountId, 'alr_sick'))?.[0]?.attempts === 1);
  const told = () => receiver.received.map(({ body }) => /alr_\w+/.exec(body)?.[0] ?? '');
  expect(told().filter((alert) => alert === 'alr_sick')).toHaveLength(1);
  receiver.respond = (response) => void response.writeHead(200).end();
  await after(MINUTE);
  await api.sent();
  const sick = types().filter((_, index) => told()[index] === 'alr_sick');
  expect(sick).toEqual(['alert.firing', 'alert.firing', 'alert.resolved']);
});

it('leaves a receiver alone for as long as it asks', async () => {
  receiver.respond = (response) => void response.writeHead(429, { 'retry-after': '3600' }).end();
  const channel = await aChannel();
  const at = api.clock.at;
  await api.notifications.enqueue([aNotification(channel, 'firing', { at })]);
  await until(async () => (await statusOf(channel.accountId))?.[0]?.attempts === 1);
  // Another alert of the channel waits too.
  await until(() => Promise.resolve(api.outbox.waiting === 1));
  await api.notifications.enqueue([aNotification(channel, 'firing', { alertId: 'alr_2', at })]);
  receiver.respond = (response) => void response.writeHead(200).end();
  await after(HOUR - MINUTE);
  expect(ids()).toHaveLength(1);
  await after(MINUTE);
  await api.sent();
  expect(ids()).toHaveLength(3);
});

it('disables a channel whose target is gone, and gives up what waits', async () => {
  receiver.respond = (response) => void response.writeHead(410).end();
  const channel = await aChannel();
  const at = api.clock.at;
  await api.notifications.enqueue([
    aNotification(channel, 'firing', { at }),
    aNotification(channel, 'resolved', { at: at + 1 }),
  ]);
  await stored(channel.accountId, 'failed');
  await api.sent();
  const path = `/alerts/channels/${channel.id}`;
  await until(async () => !(await api.call(channel.as, 'GET', path)).body.channel.enabled);
  expect((await api.call(channel.as, 'GET', path)).body.channel).toMatchObject({
    enabled: false,
    disabledReason: 'Its target answered 410 Gone.',
  });
  receiver.respond = (response) => void response.writeHead(200).end();
  expect((await api.call(channel.as, 'PATCH', path, { enabled: true })).body.channel).toMatchObject({
    enabled: true,
    disabledReason: null,
  });
  await api.notifications.enqueue([aNotification(channel, 'firing', { alertId: 'alr_3', at: at + 2 })]);
  await api.sent();
  expect(types().at(-1)).toBe('alert.firing');
});

it('disables a channel that has only failed for five days', async () => {
  receiver.respond = (response) => void response.writeHead(500).end();
  const channel = await aChannel();
  const path = `/alerts/channels/${channel.id}`;
  const fail = async (alertId: string) => {
    const before = receiver.received.length;
    await api.notifications.enqueue([aNotification(channel, 'firing', { alertId, at: api.clock.at })]);
    await received(before + 1);
    await until(async () => (await statusOf(channel.accountId, alertId))?.[0]?.attempts !== 0);
  };
  await fail('alr_1');
  await after(5 * DAY - HOUR);
  await fail('alr_2');
  expect((await api.call(channel.as, 'GET', path)).body.channel.enabled).toBe(true);
  await after(HOUR);
  await api.notifications.enqueue([aNotification(channel, 'firing', { alertId: 'alr_3', at: api.clock.at })]);
  await until(async () => !(await api.call(channel.as, 'GET', path)).body.channel.enabled);
  expect((await api.call(channel.as, 'GET', path)).body.channel.disabledReason).toBe(
    'Nothing was delivered for 5 days. It answered 500.',
  );
  await api.sent();
  await stored(channel.accountId, 'failed');
});

it('tells the other channels of the account that one was disabled, once', async () => {
  receiver.respond = (response, { path }) => void response.writeHead(path === '/gone' ? 410 : 200).end();
  const channel = await aChannel('/gone');
  const other = await api.channel(channel.as, `${receiver.url}/other`);
  const quiet = await api.channel(channel.as, `${receiver.url}/quiet`);
  await api.call(channel.as, 'PATCH', `/alerts/channels/${quiet.id}`, { enabled: false });
  const stranger = await aChannel('/stranger');
  const notices = () => receiver.received.filter(({ path }) => path !== '/gone');
  await api.notifications.enqueue(
    ['alr_1', 'alr_2', 'alr_3'].map((alertId) => aNotification(channel, 'firing', { alertId, at: api.clock.at })),
  );
  await until(() => Promise.resolve(notices().length > 0));
  await api.sent();
  await api.restart();
  await api.sent();
  expect(notices().map(({ path }) => path)).toEqual(['/other']);
  expect(JSON.parse(notices()[0]?.body ?? '')).toMatchObject({
    type: 'channel.disabled',
    data: {
      channel: { id: channel.id, name: 'On call', enabled: false, disabledReason: 'Its target answered 410 Gone.' },
      links: { usage: `https://usage.example.com/alerts/channels/${channel.id}/deliveries` },
    },
  });
  expect(await api.deliveriesOf(channel.as, other.id)).toMatchObject([{ kind: 'channelDisabled', alertId: null }]);
  expect(await api.deliveriesOf(stranger.as, stranger.id)).toEqual([]);
});

it('gives up what waits for a channel that is deleted, and sends nothing to one of another account', async () => {
  receiver.respond = (response) => void response.writeHead(500).end();
  const channel = await aChannel();
  await api.notifications.enqueue([aNotification(channel, 'firing', { at: api.clock.at })]);
  await until(async () => (await statusOf(channel.accountId))?.[0]?.attempts === 1);
  await api.call(channel.as, 'DELETE', `/alerts/channels/${channel.id}`);
  await stored(channel.accountId, 'failed');
  const other = await aChannel();
  await api.notifications.enqueue([
    aNotification({ ...other, accountId: 'somebody' }, 'firing', { at: api.clock.at, alertId: 'alr_1' }),
  ]);
  await stored('somebody', 'failed');
  await api.sent();
  expect(ids()).toHaveLength(1);
});

it('goes on after a restart where it was, with what was on its way', async () => {
  receiver.respond = (response) => void response.writeHead(503).end();
  const channel = await aChannel();
  const at = api.clock.at;
  const [firing, resolved] = [
    aNotification(channel, 'firing', { at }),
    aNotification(channel, 'resolved', { at: at + 1 }),
  ];
  await api.notifications.enqueue([firing, resolved]);
  await until(async () => (await statusOf(channel.accountId))?.[0]?.attempts === 1);
  await api.restart();
  await after(SECOND);
  expect(ids()).toEqual([firing.id]);
  // It does not answer before the service stops.
  receiver.respond = () => undefined;
  await after(MINUTE);
  await received(2);
  await api.restart();
  receiver.respond = (response) => void response.writeHead(200).end();
  await after(0);
  await api.sent();
  expect(ids()).toEqual([firing.id, firing.id, firing.id, resolved.id]);
  expect(await statusOf(channel.accountId)).toMatchObject([
    { kind: 'firing', status: 'delivered', attempts: 2 },
    { kind: 'resolved', status: 'delivered', attempts: 1 },
  ]);
});

it('lets a receiver that does not answer hold up nobody but its account', async () => {
  receiver.respond = (response, { path }) => {
    if (path !== '/silent') response.writeHead(200).end();
  };
  const silent = await aChannel('/silent');
  const at = api.clock.at;
  const flood = Array.from({ length: 100 }, (_, index) =>
    aNotification(silent, 'firing', { at, alertId: `alr_${index}` }),
  );
  await api.notifications.enqueue(flood);
  const well = await aChannel('/well');
  await api.notifications.enqueue([aNotification(well, 'firing', { at })]);
  await stored(well.accountId, 'delivered');
  expect(receiver.received.filter(({ path }) => path === '/silent').length).toBeLessThanOrEqual(4);
  await api.call(silent.as, 'DELETE', `/alerts/channels/${silent.id}`);
  await api.restart();
  await api.sent();
});

it('sends to Slack one a second', async () => {
  const channel = await aChannel('/slack', 'slack');
  const at = api.clock.at;
  await api.notifications.enqueue(
    ['alr_1', 'alr_2', 'alr_3'].map((alertId) => aNotification(channel, 'firing', { at, alertId })),
  );
  for (const count of [1, 2, 3]) {
    await received(count);
    await until(() => Promise.resolve(api.outbox.waiting === 3 - count));
    await api.outbox.turn();
    expect(receiver.received).toHaveLength(count);
    await after(SECOND);
  }
});

it('tells Alertmanager again and again while an alert fires, and then that it is resolved', async () => {
  const channel = await aChannel('/am/', 'alertmanager');
  const at = api.clock.at;
  await api.notifications.enqueue([aNotification(channel, 'firing', { at })]);
  await stored(channel.accountId, 'delivered');
  await after(2 * MINUTE);
  await received(2);
  await api.restart();
  await after(2 * MINUTE);
  await received(3);
  const endsAt = () => receiver.received.map(({ body }) => Date.parse(JSON.parse(body)[0].endsAt) - at);
  expect(endsAt()).toEqual([10 * MINUTE, 12 * MINUTE, 14 * MINUTE]);
  expect(await api.deliveriesOf(channel.as, channel.id)).toHaveLength(1);
  await api.notifications.enqueue([aNotification(channel, 'resolved', { at: api.clock.at })]);
  await api.sent();
  expect(endsAt().at(-1)).toBe(4 * MINUTE);
  expect(receiver.received.every(({ path }) => path === '/am/api/v2/alerts')).toBe(true);
  const sent = receiver.received.length;
  await api.restart();
  await after(HOUR);
  await api.sent();
  expect(receiver.received).toHaveLength(sent);
  expect(await statusOf(channel.accountId)).toMatchObject([
    { kind: 'firing', status: 'delivered', attempts: 1 },
    { kind: 'resolved', status: 'delivered', attempts: 1 },
  ]);
});

it('ends the repeats of a notification that was replayed by hand', async () => {
  receiver.respond = (response) => void response.writeHead(500).end();
  const channel = await aChannel();
  await api.notifications.enqueue([aNotification(channel, 'firing', { at: api.clock.at })]);
  await until(async () => (await api.deliveriesOf(channel.as, channel.id)).length === 1);
  receiver.respond = (response) => void response.writeHead(200).end();
  const [delivery] = await api.deliveriesOf(channel.as, channel.id);
  const replay = `/alerts/channels/${channel.id}/deliveries/${delivery.id}/replay`;
  await until(async () => (await statusOf(channel.accountId))?.[0]?.attempts === 1);
  expect((await api.call(ADMIN, 'POST', replay)).body.delivery).toMatchObject({ delivered: true, attempt: 2 });
  await after(HOUR);
  await api.sent();
  expect(ids()).toHaveLength(2);
  expect(await statusOf(channel.accountId)).toMatchObject([{ status: 'delivered', attempts: 2 }]);
});
