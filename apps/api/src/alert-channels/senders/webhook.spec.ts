import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTE, SECOND } from '@meterhouse/common';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import type { Poster, Posted } from './post';
import type { Message } from './sender';
import { WebhookSender, newWebhookSecret } from './webhook';

const message: Message = {
  id: 'ntf_1',
  accountId: 'acme',
  alertId: 'alr_1',
  kind: 'firing',
  at: Date.now() - MINUTE,
  attemptAt: Date.now(),
  alert: {},
  rule: {},
  links: { dashboard: '/app/alerts', usage: '/usage' },
};

/** What is posted of a message. */
async function posted(about: Message, secrets: object): Promise<Posted> {
  const sent: Posted[] = [];
  const post = (each: Posted) => {
    sent.push(each);
    return Promise.resolve({ statusCode: 204, answer: '', retryAfterMs: null });
  };
  const { signal } = new AbortController();
  await new WebhookSender({ post } as unknown as Poster).send(about, { target: 'https://a/', ...secrets }, signal);
  const [first] = sent;
  if (!first) throw new Error('Nothing was posted.');
  return first;
}

it('signs any message as the official library verifies it', async () => {
  const texts = fc.string({ unit: 'grapheme' });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(texts, texts), fc.stringMatching(/^[\w-]{1,128}$/), async (alert, id) => {
      const secret = newWebhookSecret();
      const { headers = {}, body } = await posted({ ...message, alert, id }, { secret });
      const data = { alert, rule: {}, links: message.links };
      const timestamp = new Date(message.at).toISOString();
      expect(new Webhook(secret).verify(body, headers)).toEqual({ type: 'alert.firing', timestamp, data });
      expect(headers['webhook-timestamp']).toBe(String(Math.floor(message.attemptAt / SECOND)));
      expect(() => new Webhook(newWebhookSecret()).verify(body, headers)).toThrow('No matching signature found');
      expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow('No matching signature found');
    }),
    { numRuns: 50 },
  );
});

it('signs with the previous secret until its time ends', async () => {
  const [secret, previousSecret] = [newWebhookSecret(), newWebhookSecret()];
  const at = (previousUntil: number) => posted(message, { secret, previousSecret, previousUntil });
  const { headers = {}, body } = await at(message.attemptAt + 1);
  expect(headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/);
  for (const each of [secret, previousSecret]) expect(new Webhook(each).verify(body, headers)).toBeDefined();
  const ended = await at(message.attemptAt);
  expect(() => new Webhook(previousSecret).verify(ended.body, ended.headers ?? {})).toThrow();
  expect(new Webhook(secret).verify(ended.body, ended.headers ?? {})).toBeDefined();
});

it.each([
  ['firing', 'alert.firing'],
  ['reminder', 'alert.reminder'],
  ['resolved', 'alert.resolved'],
  ['test', 'test'],
] as const)('names a message of kind %s %s', async (kind, type) => {
  const { body } = await posted({ ...message, kind }, { secret: newWebhookSecret() });
  expect(JSON.parse(body)).toMatchObject({ type });
});

it("is verified by the document's example", async () => {
  const document = readFileSync(join(__dirname, '../../../../../docs/alert-channels.md'), 'utf8');
  const [, example = ''] = /```js\n([^]*?)```/.exec(document) ?? [];
  const [secret, previousSecret] = [newWebhookSecret(), newWebhookSecret()];
  const now = { ...message, attemptAt: Date.now() };
  const { headers = {}, body } = await posted(now, { secret, previousSecret, previousUntil: Infinity });
  const old = await posted({ ...now, attemptAt: now.attemptAt - 10 * MINUTE }, { secret });
  const tried = [
    [secret, headers, body],
    [previousSecret, headers, body],
    [newWebhookSecret(), headers, body],
    [secret, headers, `${body} `],
    [secret, old.headers, old.body],
  ];
  const script = `${example}\nconsole.log(JSON.stringify(${JSON.stringify(tried)}.map((each) => isGenuine(...each))));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual([true, true, false, false, false]);
});
