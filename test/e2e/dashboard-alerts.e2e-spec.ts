/** Alerts, rules and channels in the dashboard. Real: the built service and page, HTTP, the engine, Chromium, a receiver. */
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import axe from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { call, createKey } from './support/api';
import { BROWSER_MISSING, type Watched, openBrowser, openPage } from './support/browser';
import { type Service, startService } from './support/service';

const WATCHER = { name: 'watcher', permissions: ['usage:read', 'events:write', 'alerts:write'] };
/** What more events can only confirm is judged within 15 seconds. */
const SOON = { timeout: 40_000 };

(BROWSER_MISSING === undefined ? describe : describe.skip)(
  `in a browser${BROWSER_MISSING ? ` (skipped: ${BROWSER_MISSING})` : ''}`,
  () => {
    let service: Service;
    let browser: Browser;
    let receiver: Receiver;
    const open: Watched[] = [];

    beforeAll(async () => {
      [service, browser, receiver] = await Promise.all([
        startService({ WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' }),
        openBrowser(),
        startReceiver(),
      ]);
    });
    afterAll(async () => {
      await browser.close();
      await service.stop();
      receiver.stop();
    });
    afterEach(async () => {
      for (const watched of open.splice(0)) await watched.close();
    });

    interface Visit {
      as: string;
      colorScheme?: 'light' | 'dark';
      width?: number;
    }

    async function visit(path: string, { as, ...options }: Visit): Promise<Watched> {
      const watched = await openPage(browser, service.url, options);
      open.push(watched);
      await watched.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await watched.page.goto(`${service.url}${path}#key=${as}`);
      return watched;
    }

    /** Sends events of now, so many of which failed. */
    async function send(key: string, requests: number, failed: number): Promise<void> {
      const events = Array.from({ length: requests }, (_, index) => ({
        timestamp: Date.now(),
        method: 'GET',
        endpoint: '/v1/things',
        statusCode: index < failed ? 500 : 200,
        latencyMs: 10,
      }));
      expect((await call(service, '/events?wait=true', { key, body: events })).status).toBe(202);
    }

    /** A rule that fires as soon as more than three requests have failed. */
    async function makeRule(key: string, fields: Record<string, unknown> = {}): Promise<string> {
      const condition = { type: 'threshold', operator: 'above', value: 3 };
      const body = { name: 'Failures', metric: 'failedRequests', window: '24h', condition, ...fields };
      const answer = await call(service, '/alerts/rules', { key, body });
      expect(answer.status).toBe(201);
      return (answer.body.rule as { id: string }).id;
    }

    async function makeChannel(key: string, target = receiver.url): Promise<string> {
      const answer = await call(service, '/alerts/channels', {
        key,
        body: { name: 'On call', type: 'webhook', target },
      });
      expect(answer.status).toBe(201);
      return (answer.body.channel as { id: string }).id;
    }

    const row = (page: Page, name: string): Locator =>
      page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });

    it('makes a rule that was tried on the past, sees it fire, acknowledges and silences it', async () => {
      const { secret } = await createKey(service, 'makers', WATCHER);
      const channel = await makeChannel(secret);
      await send(secret, 10, 5);
      const { page, faults } = await visit('/app/alerts', { as: secret });
      await page.getByRole('button', { name: 'Make the first rule' }).click();
      await page.waitForURL('**/app/alerts/rules?rule=new');
      await page.getByLabel('Name', { exact: true }).fill('Failures');
      await page.getByLabel('Figure', { exact: true }).selectOption('Failed requests');
      await page.getByLabel('Over', { exact: true }).selectOption('24 hours');
      await page.getByLabel('Value', { exact: true }).fill('3');
      await page.getByRole('checkbox', { name: 'On call' }).check();
      const preview = page.getByRole('region', { name: 'Preview' });
      for (const [days, timeframe] of [
        ['7 days', '7d'],
        ['30 days', '30d'],
        ['90 days', '90d'],
      ] as const) {
        const asked = page.waitForRequest((request) => request.url().endsWith('/alerts/rules/preview'));
        await preview.getByRole('button', { name: days }).click();
        expect((await asked).postDataJSON()).toMatchObject({ timeframe, rule: { metric: 'failedRequests' } });
      }
      await preview.getByText('windows were judged').waitFor();
      await preview.getByRole('slider', { name: 'Chart of Failed requests' }).waitFor();
      await page.getByRole('button', { name: 'Make the rule' }).click();
      await page.getByText('The rule “Failures” was made.').waitFor();
      await row(page, 'Failures').getByText('Failed requests above 3 over 24 hours').waitFor();
      await send(secret, 5, 5);

      await page.getByRole('navigation', { name: 'About alerts' }).getByRole('link', { name: 'Alerts' }).click();
      await row(page, 'Failures').getByText('firing', { exact: true }).waitFor(SOON);
      await page.getByRole('link', { name: 'Failures', exact: true }).click();
      await page.waitForURL('**/app/alerts?alert=alr_*');
      const alert = page.getByRole('region', { name: 'The alert' });
      await alert.getByText('Failed requests above 3 over 24 hours').waitFor();
      await page.getByRole('slider', { name: 'Chart of Failed requests' }).waitFor();
      await page.locator('.watch .threshold').first().waitFor({ state: 'attached' });
      await page.getByRole('region', { name: 'Who was told' }).getByText('delivered').waitFor(SOON);
      expect(receiver.kinds()).toContain('alert.firing');
      expect(await page.getByRole('region', { name: 'Evidence' }).locator('pre').innerText()).toContain('/usage');

      await alert.getByRole('button', { name: 'Acknowledge' }).click();
      await alert.getByText('acknowledged', { exact: true }).waitFor();
      await alert.getByRole('button', { name: 'Silence…' }).click();
      await page.getByLabel('Note').fill('known, being mended');
      await page.keyboard.press('Enter');
      await page.getByText('Failures: silenced.').waitFor();
      await page.goto(`${service.url}/app/alerts/silences`);
      await page.getByRole('row', { name: /Failures.*holds.*known, being mended/ }).waitFor();
      await page.getByRole('button', { name: 'End it now: Failures' }).click();
      await page.getByText('There is no silence').waitFor();
      const { body } = await call(service, `/alerts/channels/${channel}`, { key: secret });
      expect(body.channel).toMatchObject({ lastDelivery: { delivered: true } });
      expect(faults).toEqual([]);
    });

    it('says beside its field what the service refuses, in a preview too', async () => {
      const { secret } = await createKey(service, 'menders', WATCHER);
      const { page } = await visit('/app/alerts/rules?rule=new', { as: secret });
      await page.getByLabel('Name', { exact: true }).fill('Wrong');
      const value = page.getByLabel('Value, %', { exact: true });
      await value.fill('100');
      await page.getByRole('button', { name: 'Try it', exact: true }).click();
      await page.locator('[aria-invalid="true"]').waitFor();
      expect(await value.getAttribute('aria-invalid')).toBe('true');
      await value.fill('5');
      await page.getByLabel('Ends at, %').fill('7');
      await page.getByRole('button', { name: 'Make the rule' }).click();
      const recovery = page.getByLabel('Ends at, %');
      await page.locator('[aria-invalid="true"]').and(recovery).waitFor();
      await page.getByText('should be at most value, which is 5').first().waitFor();
      await recovery.fill('3');
      await page.getByText('Which requests').click();
      await page.getByLabel('Only these keys').fill('key_unknown');
      await page.getByRole('button', { name: 'Make the rule' }).click();
      await page.locator('[aria-invalid="true"]').and(page.getByLabel('Only these keys')).waitFor();
      await page.getByLabel('Only these keys').fill('');
      await page.getByRole('button', { name: 'Make the rule' }).click();
      await row(page, 'Wrong').waitFor();
    });

    it.each([
      ['changes by a percentage', { type: 'change', against: 'previous', direction: 'both', percent: 50 }],
      ['is unusual for the time of the week', { type: 'anomaly', direction: 'both', sensitivity: 'medium' }],
      ['uses up an error budget too fast', { type: 'burnRate', objective: 99.9 }],
      ['comes near a limit of the keys', { type: 'quota', window: 'day', percent: [50, 80, 100] }],
    ])('makes a rule that fires when a figure %s', async (label, condition) => {
      const { secret } = await createKey(service, condition.type.toLowerCase(), WATCHER);
      const { page, faults } = await visit('/app/alerts/rules?rule=new', { as: secret });
      await page.getByLabel('Name', { exact: true }).fill('Rule');
      await page.getByLabel('Fires when it').selectOption(label);
      await page.getByRole('button', { name: 'Make the rule' }).click();
      await row(page, 'Rule').waitFor();
      const { body } = await call(service, '/alerts/rules', { key: secret });
      expect(body.rules).toMatchObject([{ condition }]);
      expect(faults).toEqual([]);
    });

    it('changes a rule, switches it off and deletes it', async () => {
      const { secret } = await createKey(service, 'changers', WATCHER);
      const id = await makeRule(secret, { filters: { endpoint: ['/v1/a'] } });
      const { page, faults } = await visit(`/app/alerts/rules?rule=${id}`, { as: secret });
      await page.getByLabel('Only these endpoints').fill('/v1/a\n/v1/b');
      await page.getByLabel('Severity', { exact: true }).selectOption('critical');
      await page.getByRole('button', { name: 'Save' }).click();
      await row(page, 'Failures').getByText('critical').waitFor();
      await page.getByRole('button', { name: 'Switch off Failures' }).click();
      await row(page, 'Failures').getByText('off', { exact: true }).waitFor();
      const { body } = await call(service, `/alerts/rules/${id}`, { key: secret });
      expect(body.rule).toMatchObject({ enabled: false, filters: { endpoint: ['/v1/a', '/v1/b'] } });
      await page.getByRole('button', { name: 'Delete Failures' }).click();
      await page.getByLabel('Type “Failures” to confirm').fill('Failures');
      await page.keyboard.press('Enter');
      await page.getByText('There is no rule yet').waitFor();
      expect(faults).toEqual([]);
    });

    it('makes a channel whose secret is shown once, tests it and sends a message of the log again', async () => {
      const { secret } = await createKey(service, 'channels', WATCHER);
      const { page, faults } = await visit('/app/alerts/channels', { as: secret });
      await page.getByRole('button', { name: 'New channel' }).click();
      await page.keyboard.type('Pager');
      await page.getByLabel('URL').fill(receiver.url);
      await page.keyboard.press('Enter');
      const first = await takeSecret(page);
      expect(first).toMatch(/^whsec_/);
      await page.getByRole('link', { name: 'Pager', exact: true }).click();
      await page.getByRole('button', { name: 'Send a test' }).click();
      await page.getByText('The test was delivered with 202').waitFor();
      const log = page.getByRole('region', { name: 'Log' });
      await log.getByRole('row', { name: /Test.*delivered 202.*taken/ }).waitFor();
      await log.getByRole('button', { name: /^Details/ }).click();
      await page.getByRole('dialog').locator('pre').getByText('taken').waitFor();
      await page.keyboard.press('Escape');
      const before = receiver.kinds().length;
      await log.getByRole('button', { name: /^Send again/ }).click();
      await page.getByText('It was sent again, and delivered.').waitFor();
      expect(receiver.kinds()).toHaveLength(before + 1);
      await page.getByRole('button', { name: 'Rotate…' }).click();
      await page.getByRole('button', { name: 'Make a new secret' }).click();
      expect(await takeSecret(page)).not.toBe(first);
      expect(faults).toEqual([]);
    });

    it('says why a message did not arrive, and that a channel is off', async () => {
      const { secret } = await createKey(service, 'failing', WATCHER);
      const id = await makeChannel(secret, `${receiver.url}gone`);
      const { page } = await visit(`/app/alerts/channels?channel=${id}`, { as: secret });
      await page.getByRole('button', { name: 'Send a test' }).click();
      await page.getByRole('status').getByText('The test was not delivered').waitFor();
      await page.getByRole('row', { name: /Test.*failed 410/ }).waitFor();
      if (await page.getByRole('button', { name: 'Switch off' }).isVisible()) {
        await page.getByRole('button', { name: 'Switch off' }).click();
      }
      await page.getByRole('button', { name: 'Switch on' }).click();
      await page.getByText('“On call” is on.').waitFor();
    });

    it('lets who may not change anything look', async () => {
      const { secret } = await createKey(service, 'lookers', WATCHER);
      const id = await makeRule(secret);
      const reader = await createKey(service, 'lookers', { name: 'reader', permissions: ['usage:read'] });
      const { page, faults } = await visit('/app/alerts/rules', { as: reader.secret });
      await row(page, 'Failures').waitFor();
      expect(await page.getByRole('button', { name: /New rule|Switch|Delete|Silence/ }).count()).toBe(0);
      await page.goto(`${service.url}/app/alerts/rules?rule=${id}`);
      await page.getByText('To change it takes a key with the permission alerts:write').waitFor();
      expect(await page.getByLabel('Name', { exact: true }).isDisabled()).toBe(true);
      await page.getByRole('button', { name: 'Try it', exact: true }).click();
      await page.getByText('It would not have fired').waitFor();
      await page.goto(`${service.url}/app/alerts/channels`);
      await page.getByText('There is no channel yet').waitFor();
      expect(await page.getByRole('button', { name: 'New channel' }).count()).toBe(0);
      expect(faults).toEqual([]);
    });

    it('says of what is not there that it is not', async () => {
      const { secret } = await createKey(service, 'strangers', WATCHER);
      const { page } = await visit('/app/alerts?alert=alr_0000000000000000', { as: secret });
      await page.getByRole('alert').getByText('There is no such alert').waitFor();
      await page.getByRole('link', { name: '← All alerts' }).click();
      await page.getByText('There is no rule yet').waitFor();
    });

    describe('of every screen', () => {
      let secret: string;
      let paths: string[];

      beforeAll(async () => {
        ({ secret } = await createKey(service, 'screens', WATCHER));
        const channel = await makeChannel(secret);
        const rule = await makeRule(secret, { channels: [channel], groupBy: 'endpoint' });
        await call(service, `/alerts/channels/${channel}/test`, { key: secret, method: 'POST' });
        const body = { ruleIds: [rule], to: '2099-01-01T00:00:00Z', comment: 'Migration' };
        await call(service, '/alerts/silences', { key: secret, body });
        await send(secret, 10, 10);
        const { page } = await visit('/app/alerts', { as: secret });
        await page.getByRole('link', { name: 'Failures', exact: true }).click(SOON);
        await page.waitForURL('**alert=alr_*');
        paths = [
          '/app/alerts',
          new URL(page.url()).pathname + new URL(page.url()).search,
          '/app/alerts/rules',
          '/app/alerts/rules?rule=new',
          `/app/alerts/rules?rule=${rule}`,
          '/app/alerts/channels',
          `/app/alerts/channels?channel=${channel}`,
          '/app/alerts/silences',
        ];
      });

      it.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', async (colorScheme) => {
        const { page, faults } = await visit('/app/alerts', { as: secret, colorScheme });
        for (const path of paths) {
          await page.goto(service.url + path);
          await settled(page);
          const button = page.getByRole('button', { name: 'Try it', exact: true });
          if (path.includes('rule=')) {
            for (const summary of await page.locator('summary').all()) await summary.click();
            await button.click();
            await page.getByText('windows were judged').waitFor();
          }
          await expectAccessible(page, path);
        }
        expect(faults).toEqual([]);
      });

      it('axe finds nothing in the dialogs', async () => {
        const { page, faults } = await visit('/app/alerts', { as: secret });
        for (const [path, button] of [
          [paths[2], 'Silence Failures'],
          [paths[2], 'Delete Failures'],
          [paths[5], 'New channel'],
          [paths[6], 'Edit…'],
          [paths[6], 'Rotate…'],
          [paths[6], /^Details/],
        ] as const) {
          await page.goto(service.url + String(path));
          await page.getByRole('button', { name: button }).first().click();
          await page.getByRole('dialog').waitFor();
          await expectAccessible(page, `${path} ${button}`);
        }
        expect(faults).toEqual([]);
      });

      it('fits into 320 pixels', async () => {
        const { page } = await visit('/app/alerts', { as: secret, width: 320 });
        for (const path of paths) {
          await page.goto(service.url + path);
          await settled(page);
          expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 320]);
        }
      });
    });

    /** Until a screen shows what it is about. */
    async function settled(page: Page): Promise<void> {
      await page.locator('.tabs').waitFor();
      await page.locator('.data-table, .rule-editor, .alert-head').first().waitFor();
      await page.locator('.shade').waitFor({ state: 'detached' });
    }

    /** Copies the secret that a dialog shows, and closes the dialog. */
    async function takeSecret(page: Page): Promise<string> {
      const dialog = page.getByRole('dialog', { name: 'The secret of' });
      await dialog.getByRole('button', { name: 'Copy the secret' }).click();
      await dialog.getByText('Copied').waitFor();
      const secret = await page.evaluate<string>('navigator.clipboard.readText()');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await page.content()).not.toContain(secret);
      return secret;
    }

    async function expectAccessible(page: Page, where: string): Promise<void> {
      await page.evaluate(axe.source);
      const found = await page.evaluate<axe.AxeResults>('axe.run()');
      expect([where, found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])]).toEqual([
        where,
        [],
      ]);
    }
  },
);

/** Takes messages; those to `/gone` it refuses with 410. */
interface Receiver {
  /** With a slash at its end. */
  url: string;
  /** Of the messages that it took, in their order. */
  kinds: () => string[];
  stop: () => void;
}

async function startReceiver(): Promise<Receiver> {
  const kinds: string[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/gone') return response.writeHead(410).end('gone');
      kinds.push(String((JSON.parse(Buffer.concat(chunks).toString()) as { type: string }).type));
      return response.writeHead(202).end('taken');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    kinds: () => [...kinds],
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
