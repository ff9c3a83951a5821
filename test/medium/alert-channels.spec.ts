/** Channels over HTTP. Real: guards, validation, encryption, the embedded engine, receivers on a socket. Not real: the clock. */
import { DAY, HOUR } from '@meterhouse/common';
import { Webhook } from 'standardwebhooks';
import { MAX_CHANNELS } from '../../apps/api/src/alert-channels/channel';
import { useReceiver } from '../support/receiver';
import { ADMIN, useChannelsApi } from './alert-channels-fixture';

const api = useChannelsApi();
const receiver = useReceiver();

// Receivers compare a message's time with their own.
beforeEach(() => void (api.clock.at = Date.now()));

const create = (as: string, body: object) => api.call(as, 'POST', '/alerts/channels', body);
const test = (as: string, id: string) => api.call(as, 'POST', `/alerts/channels/${id}/test`);

/** What the last message says, once its signature is verified as a receiver would. */
const verified = (secret: string): unknown => {
  const { headers, body } = receiver.received.at(-1) ?? { headers: {}, body: '' };
  return new Webhook(secret).verify(body, headers as Record<string, string>);
};

describe('POST /alerts/channels', () => {
  it('makes a channel and shows the secret of a webhook this once', async () => {
    const { secret, accountId } = await api.member();
    const target = 'https://user:password@example.com/hook?token=abc';
    const { status, body } = await create(secret, { name: 'On call', type: 'webhook', target });
    const channel = {
      id: expect.stringMatching(/^chn_[0-9A-Za-z]{16}$/),
      accountId,
      name: 'On call',
      type: 'webhook',
      target: 'https://example.com/hook?…',
      enabled: true,
      disabledReason: null,
      lastDelivery: null,
      createdAt: new Date(api.clock.at).toISOString(),
      updatedAt: new Date(api.clock.at).toISOString(),
    };
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        success: true,
        channel,
        secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
        timestamp: expect.any(String),
      },
    });
    const listed = await api.call(secret, 'GET', '/alerts/channels');
    expect(listed.body.channels).toEqual([channel]);
    expect(JSON.stringify(listed.body)).not.toMatch(/whsec_|password|abc/);
    expect((await api.call(secret, 'GET', `/alerts/channels/${body.channel.id}`)).body.channel).toEqual(channel);
  });

  it('shows nothing of what is secret in a target', async () => {
    const { secret } = await api.member();
    const shown = async (type: string, target: string) =>
      (await create(secret, { name: 'x', type, target })).body.channel.target;
    expect(await shown('slack', 'https://hooks.slack.com/services/T0/B0/x')).toBe('https://hooks.slack.com/…');
    expect(await shown('pagerduty', '0123456789abcdef0123456789abcdef')).toBe('…cdef');
    expect(await shown('alertmanager', 'https://u:p@alerts.example.com/prefix')).toBe(
      'https://alerts.example.com/prefix',
    );
  });

  it('stores no secret as it is, and reads them after a restart', async () => {
    const { secret } = await api.member();
    const channel = await api.channel(secret, `${receiver.url}/restart?token=plain-token`);
    const rows = await api.clickhouse.query('SELECT * FROM alert_channels');
    expect(JSON.stringify(rows)).not.toMatch(/whsec_|plain-token/);
    await api.restart();
    expect(await test(secret, channel.id)).toMatchObject({ status: 200, body: { delivery: { delivered: true } } });
    expect(verified(channel.secret)).toMatchObject({ type: 'test' });
  });

  it.each([
    ['webhook', 'ftp://example.com/', /should be a URL that begins with https/],
    ['webhook', 'https://example.com/#part', /without a fragment/],
    ['slack', 'not a url', /should be a URL/],
    ['pagerduty', 'short', /should be the 32 letters and digits/],
    ['email', 'ops@example.com', /has not set SMTP_URL/],
    ['webhook', `https://example.com/${'x'.repeat(2_048)}`, /should have 1 to 2048 characters/],
    ['webhook', 'https://example.com/\nx', /should not hold control characters/],
    ['pigeon', 'https://example.com/', /should be one of webhook, slack/],
  ])('refuses for %s the target %.30j', async (type, target, message) => {
    const { secret } = await api.member();
    const { status, body } = await create(secret, { name: 'x', type, target });
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'INVALID_PARAMETERS' });
    expect(JSON.stringify(body)).toMatch(message);
  });

  it('refuses one more than an account may have, until one is deleted', async () => {
    const { secret } = await api.member();
    const body = { name: 'x', type: 'webhook', target: 'https://example.com/' };
    const made = await Promise.all(Array.from({ length: MAX_CHANNELS + 1 }, () => create(secret, body)));
    const [refused] = made.filter(({ status }) => status !== 201);
    expect(refused).toMatchObject({ status: 403, body: { error: 'LIMIT_REACHED' } });
    expect(made.filter(({ status }) => status === 201)).toHaveLength(MAX_CHANNELS);
    const [{ body: first } = { body: {} }] = made.filter(({ status }) => status === 201);
    await api.call(secret, 'DELETE', `/alerts/channels/${first.channel.id}`);
    expect(await create(secret, body)).toMatchObject({ status: 201 });
  });

  it('is for who may write alerts, in its own account, and for admins in any that is there', async () => {
    const reader = await api.member({ permissions: ['usage:read'] });
    const body = { name: 'x', type: 'webhook', target: 'https://example.com/' };
    expect(await create(reader.secret, body)).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
    const { secret } = await api.member();
    const elsewhere = { ...body, accountId: reader.accountId };
    expect(await create(secret, elsewhere)).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
    expect(await create(ADMIN, elsewhere)).toMatchObject({
      status: 201,
      body: { channel: { accountId: reader.accountId } },
    });
    expect(await create(ADMIN, { ...body, accountId: 'nobody' })).toMatchObject({
      status: 404,
      body: { error: 'ACCOUNT_NOT_FOUND' },
    });
  });
});

it("answers 404 for another account's channel, whatever is asked of it", async () => {
  const owner = await api.member();
  const { id } = await api.channel(owner.secret, `${receiver.url}/`);
  const delivery = (await test(owner.secret, id)).body.delivery.id;
  const stranger = await api.member();
  const path = `/alerts/channels/${id}`;
  for (const [method, url, body] of [
    ['GET', path],
    ['PATCH', path, { name: 'mine' }],
    ['DELETE', path],
    ['POST', `${path}/test`],
    ['POST', `${path}/rotate`, {}],
    ['GET', `${path}/deliveries`],
    ['POST', `${path}/deliveries/${delivery}/replay`],
  ] as const) {
    expect(await api.call(stranger.secret, method, url, body)).toMatchObject({
      status: 404,
      body: { error: 'CHANNEL_NOT_FOUND' },
    });
  }
  expect((await api.call(stranger.secret, 'GET', '/alerts/channels')).body.channels).toEqual([]);
  expect((await api.call(owner.secret, 'GET', path)).body.channel).toMatchObject({ id, name: 'On call' });
});

describe('POST /alerts/channels/{id}/test', () => {
  it('sends a message that the official library verifies', async () => {
    const { secret, accountId } = await api.member();
    const channel = await api.channel(secret, `${receiver.url}/hook?a=b`);
    const { status, body } = await test(secret, channel.id);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        success: true,
        delivery: {
          id: expect.stringMatching(/^dlv_/),
          notificationId: expect.stringMatching(/^msg_/),
          alertId: null,
          kind: 'test',
          attempt: 1,
          at: expect.any(String),
          delivered: true,
          statusCode: 204,
          durationMs: expect.any(Number),
          answer: '',
          error: null,
        },
        timestamp: expect.any(String),
      },
    });
    const [received] = receiver.received;
    expect(received).toMatchObject({
      path: '/hook?a=b',
      headers: { 'webhook-id': body.delivery.notificationId, 'content-type': 'application/json' },
    });
    expect(verified(channel.secret)).toEqual({
      type: 'test',
      timestamp: expect.any(String),
      data: {
        alert: expect.objectContaining({ ruleName: 'Test message', accountId }),
        rule: expect.objectContaining({ metric: 'requests' }),
        links: { dashboard: 'http://localhost/app/alerts', usage: 'http://localhost/usage?timeframe=1h' },
      },
    });
    expect(await api.deliveriesOf(secret, channel.id)).toEqual([body.delivery]);
    expect((await api.call(secret, 'GET', '/alerts/channels')).body.channels[0].lastDelivery).toEqual(body.delivery);
  });

  it('says what was wrong, and is not repeated', async () => {
    receiver.respond = (response) => void response.writeHead(500).end('no luck'.repeat(1_000));
    const { secret } = await api.member();
    const { id } = await api.channel(secret, receiver.url);
    const { body } = await test(secret, id);
    expect(body.delivery).toMatchObject({ delivered: false, statusCode: 500, error: 'It answered 500.' });
    expect(body.delivery.answer).toHaveLength(1_024);
    api.clock.at += DAY;
    await api.outbox.turn();
    expect(receiver.received).toHaveLength(1);
  });
});

describe('POST /alerts/channels/{id}/rotate', () => {
  it('signs with both secrets until the grace period ends', async () => {
    const { secret } = await api.member();
    const channel = await api.channel(secret, receiver.url);
    const rotated = await api.call(secret, 'POST', `/alerts/channels/${channel.id}/rotate`, {
      gracePeriodSeconds: 3_600,
    });
    expect(rotated).toMatchObject({
      status: 200,
      body: { previousSecretUntil: new Date(api.clock.at + HOUR).toISOString() },
    });
    await test(secret, channel.id);
    expect(verified(channel.secret)).toMatchObject({ type: 'test' });
    expect(verified(rotated.body.secret)).toMatchObject({ type: 'test' });
    const { id } = await api.channel(secret, receiver.url);
    const at = await api.call(secret, 'POST', `/alerts/channels/${id}/rotate`, { gracePeriodSeconds: 0 });
    await test(secret, id);
    expect(verified(at.body.secret)).toMatchObject({ type: 'test' });
    expect(receiver.received.at(-1)?.headers['webhook-signature']).not.toContain(' ');
  });

  it('is for webhooks', async () => {
    const { secret } = await api.member();
    const { id } = await api.channel(secret, receiver.url, 'slack');
    expect(await api.call(secret, 'POST', `/alerts/channels/${id}/rotate`, {})).toMatchObject({
      status: 400,
      body: { error: 'INVALID_PARAMETERS' },
    });
  });
});

describe('POST /alerts/channels/{id}/deliveries/{deliveryId}/replay', () => {
  it('sends the same message under the same id, to where the channel points now', async () => {
    receiver.respond = (response) => void response.writeHead(503).end();
    const { secret } = await api.member();
    const channel = await api.channel(secret, `${receiver.url}/old`);
    const { body } = await test(secret, channel.id);
    receiver.respond = (response) => void response.writeHead(200).end('thanks');
    await api.call(secret, 'PATCH', `/alerts/channels/${channel.id}`, { target: `${receiver.url}/new` });
    const replayed = await api.call(
      secret,
      'POST',
      `/alerts/channels/${channel.id}/deliveries/${body.delivery.id}/replay`,
    );
    expect(replayed).toMatchObject({
      status: 200,
      body: {
        delivery: { delivered: true, attempt: 2, notificationId: body.delivery.notificationId, answer: 'thanks' },
      },
    });
    const [first, second] = receiver.received;
    expect(second).toMatchObject({ path: '/new', body: first?.body });
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(verified(channel.secret)).toMatchObject({ type: 'test' });
  });

  it('knows attempts of the channel alone', async () => {
    const { secret } = await api.member();
    const [one, other] = [await api.channel(secret, receiver.url), await api.channel(secret, receiver.url)];
    const { body } = await test(secret, other.id);
    for (const id of [body.delivery.id, 'dlv_none', '%00']) {
      expect(await api.call(secret, 'POST', `/alerts/channels/${one.id}/deliveries/${id}/replay`)).toMatchObject({
        status: 404,
        body: { error: 'NOT_FOUND' },
      });
    }
  });
});

it('deletes a channel with its secrets', async () => {
  const { secret } = await api.member();
  const { id } = await api.channel(secret, receiver.url);
  expect(await api.call(secret, 'DELETE', `/alerts/channels/${id}`)).toMatchObject({
    status: 200,
    body: { channel: { id, enabled: false } },
  });
  expect(await api.call(secret, 'GET', `/alerts/channels/${id}`)).toMatchObject({ status: 404 });
  const [row] = await api.clickhouse.query('SELECT sealed FROM alert_channels FINAL WHERE id = {id:String}', { id });
  expect(row?.string('sealed')).toBe('');
});
