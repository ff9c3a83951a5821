/** What each type of channel sends. Real: an SMTP server, an Alertmanager where there is one. Not real: Slack, PagerDuty. */
import { once } from 'node:events';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SMTPServerSession, SMTPServer } from 'smtp-server';
import { freePort } from '../support/free-port';
import { useReceiver } from '../support/receiver';
import { until } from '../support/until';
import { aNotification, useChannelsApi } from './alert-channels-fixture';

const receiver = useReceiver();

/** Mail as the server got it. */
const mails: { to: string[]; from: string; text: string }[] = [];
let refuse: { code: number; recipient: string } | undefined;

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _: SMTPServerSession, done) => {
    if (refuse?.recipient !== address) return done();
    done(Object.assign(new Error('Mailbox unavailable'), { responseCode: refuse.code }));
  },
  onData: (stream, { envelope }, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
      mails.push({ to: envelope.rcptTo.map(({ address }) => address), from, text: Buffer.concat(chunks).toString() });
      done();
    });
  },
});
let smtpPort = 0;

beforeAll(async () => {
  smtpPort = await freePort();
  smtp.listen(smtpPort, '127.0.0.1');
  await once(smtp.server, 'listening');
});
beforeEach(() => {
  mails.length = 0;
  refuse = undefined;
});
afterAll(() => new Promise<void>((resolve) => smtp.close(resolve)));

const api = useChannelsApi(() => ({
  SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
  SMTP_FROM: 'Meterhouse <alerts@example.com>',
  PAGERDUTY_URL: `${receiver.url}/v2/enqueue`,
}));

async function aChannel(type: string, target: string) {
  const { secret, accountId } = await api.member();
  return { as: secret, ...(await api.channel(secret, target, type)), accountId };
}

type Channel = Awaited<ReturnType<typeof aChannel>>;

const test = async (channel: Channel) =>
  (await api.call(channel.as, 'POST', `/alerts/channels/${channel.id}/test`)).body.delivery;

/** Sends that an alert fires and is resolved. */
async function tell(channel: Channel, changes: object = {}): Promise<void> {
  const at = api.clock.at;
  const [firing, resolved] = [aNotification(channel, 'firing', { at }), aNotification(channel, 'resolved', { at })];
  await api.notifications.enqueue([{ ...firing, alert: { ...firing.alert, ...changes } }, resolved]);
  await api.sent();
}

describe('mail', () => {
  it('goes to every address, as text and as HTML, under the id of the message', async () => {
    const channel = await aChannel('email', 'ops@example.com, lead@example.com');
    expect(channel.target).toBe('ops@example.com, lead@example.com');
    await tell(channel);
    expect(mails).toHaveLength(2);
    const [firing, resolved] = mails;
    expect(firing).toMatchObject({ from: 'alerts@example.com', to: ['ops@example.com', 'lead@example.com'] });
    expect(firing?.text).toContain('Subject: Firing: Error rate of checkout (high)');
    expect(resolved?.text).toContain('Subject: Resolved: Error rate of checkout (high)');
    expect(firing?.text).toMatch(/^Message-ID: <ntf_\d+@example\.com>/m);
    expect(firing?.text).toMatch(/^References: <alr_1@example\.com>/m);
    expect(firing?.text).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(firing?.text).toMatch(
      /Content-Type: text\/plain[^]*Value: 8\.2 \(threshold 5\)[^]*Content-Type: text\/html/,
    );
    expect(await test(channel)).toMatchObject({ delivered: true, statusCode: 250 });
  });

  it('takes what an account writes for text, in its head and in its HTML', async () => {
    const channel = await aChannel('email', 'ops@example.com');
    await tell(channel, { ruleName: 'x\r\nBcc: victim@example.com\r\n\r\n<script>', reason: '<b>"&' });
    const [{ to, text } = { to: [], text: '' }] = mails;
    expect(to).toEqual(['ops@example.com']);
    expect(text).not.toMatch(/^Bcc:/im);
    const [, html = ''] = text.split('Content-Type: text/html');
    expect(html).not.toMatch(/<script|<b>/);
  });

  it.each([
    'ops@example.com\r\nBcc: victim@example.com',
    'Ops <ops@example.com>',
    'ops@example.com;victim@example.com',
    'ops',
    '@example.com',
    'ops@example.com,',
    Array.from({ length: 11 }, (_, index) => `ops${index}@example.com`).join(),
  ])('does not take %j for addresses', async (target) => {
    const { secret } = await api.member();
    const answer = await api.call(secret, 'POST', '/alerts/channels', { name: 'x', type: 'email', target });
    expect(answer).toMatchObject({ status: 400, body: { error: 'INVALID_PARAMETERS' } });
  });

  it('says whom the server refused, and fails where it refused all', async () => {
    refuse = { code: 550, recipient: 'gone@example.com' };
    const some = await aChannel('email', 'ops@example.com,gone@example.com');
    expect(await test(some)).toMatchObject({
      delivered: true,
      answer: expect.stringMatching(/refused: gone@example.com/),
    });
    const none = await aChannel('email', 'gone@example.com');
    expect(await test(none)).toMatchObject({
      delivered: false,
      statusCode: 550,
      error: expect.stringMatching(/Mailbox unavailable/),
    });
  });
});

it('tells PagerDuty that an incident begins and ends, by one key', async () => {
  receiver.respond = (response) => void response.writeHead(202).end('{"status":"success"}');
  const key = '0123456789abcdef0123456789abcdef';
  const channel = await aChannel('pagerduty', key);
  await tell(channel);
  const events = () => receiver.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  expect(receiver.received[0]?.path).toBe('/v2/enqueue');
  expect(events()).toEqual([
    {
      routing_key: key,
      event_action: 'trigger',
      dedup_key: 'alr_1',
      client: 'Meterhouse',
      client_url: 'https://usage.example.com/app/alerts',
      links: [{ href: 'https://usage.example.com/usage', text: 'Figures' }],
      payload: {
        summary: 'Firing: Error rate of checkout (high)',
        source: channel.accountId,
        severity: 'error',
        timestamp: new Date(api.clock.at).toISOString(),
        custom_details: {
          Account: channel.accountId,
          Key: 'key_1',
          Endpoint: '/v1/checkout',
          Metric: 'errorRate',
          Value: '8.2 (threshold 5)',
        },
      },
    },
    { routing_key: key, event_action: 'resolve', dedup_key: 'alr_1' },
  ]);
  receiver.received.length = 0;
  expect(await test(channel)).toMatchObject({ delivered: true, statusCode: 202 });
  expect(events().map(({ event_action }) => event_action)).toEqual(['trigger', 'resolve']);
});

it('tells Slack in blocks, in which an account can neither mention people nor make links', async () => {
  receiver.respond = (response) => void response.writeHead(200).end('ok');
  const channel = await aChannel('slack', `${receiver.url}/services/T0/B0/x`);
  const notification = aNotification(channel, 'firing', { at: api.clock.at });
  const alert = {
    ...notification.alert,
    ruleName: '<!channel> & <https://evil.example|here>',
    reason: 'x'.repeat(5_000),
  };
  await api.notifications.enqueue([{ ...notification, alert }]);
  await api.sent();
  const [body = ''] = receiver.received.map((received) => received.body);
  const message = JSON.parse(body) as { text: string; blocks: { type: string; fields?: { text: string }[] }[] };
  expect(message.text).toBe('Firing: &lt;!channel&gt; &amp; &lt;https://evil.example¦here&gt; (high)');
  expect(message.blocks.map(({ type }) => type)).toEqual(['header', 'section', 'context']);
  const fields = message.blocks[1]?.fields ?? [];
  expect(fields.length).toBeLessThanOrEqual(10);
  for (const { text } of fields) expect(text.length).toBeLessThanOrEqual(2_000);
});

/** As Debian and as its own releases name it. */
const ALERTMANAGER = [process.env.TEST_ALERTMANAGER, 'prometheus-alertmanager', 'alertmanager'].find(
  (command) => command !== undefined && spawnSync(command, ['--version']).error === undefined,
);

(ALERTMANAGER === undefined ? it.skip : it)(
  'is understood by a real Alertmanager: an alert is there while it fires, and not afterwards',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'meterhouse-alertmanager-'));
    const url = `http://127.0.0.1:${await freePort()}`;
    await writeFile(join(folder, 'config.yml'), 'route: { receiver: none }\nreceivers: [{ name: none }]\n');
    const flags = [`--config.file=${folder}/config.yml`, `--storage.path=${folder}`, '--cluster.listen-address='];
    const server = spawn(ALERTMANAGER ?? '', [...flags, `--web.listen-address=${new URL(url).host}`], {
      stdio: 'ignore',
    });
    try {
      const alerts = async () => (await (await fetch(`${url}/api/v2/alerts`)).json()) as { labels: object }[];
      await until(() =>
        alerts().then(
          () => true,
          () => false,
        ),
      );
      const channel = await aChannel('alertmanager', url);
      expect(await test(channel)).toMatchObject({ delivered: true, statusCode: 200 });
      const at = api.clock.at;
      await api.notifications.enqueue([aNotification(channel, 'firing', { at })]);
      const isThere = async () =>
        (await alerts()).some(({ labels }) => JSON.stringify(labels).includes('"alert_id":"alr_1"'));
      await until(isThere);
      expect((await alerts()).find(({ labels }) => 'key_id' in labels)).toMatchObject({
        labels: { alertname: 'Error rate of checkout', severity: 'high', endpoint: '/v1/checkout', key_id: 'key_1' },
        annotations: { summary: 'Firing: Error rate of checkout (high)' },
        generatorURL: 'https://usage.example.com/app/alerts',
        status: { state: 'active' },
      });
      await api.notifications.enqueue([aNotification(channel, 'resolved', { at })]);
      await until(async () => !(await isThere()));
      await api.sent();
    } finally {
      server.kill();
      await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    }
  },
);
