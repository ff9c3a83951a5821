/** The running minute in the dashboard. Real: the built service and page, HTTP, the engine, Chromium, the clock. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page, Request } from 'playwright-core';
import { call, createKey } from './support/api';
import { BROWSER_MISSING, openBrowser } from './support/browser';
import { closePages, expectAccessible, expectToFit, setVisible, openDashboard } from './support/dashboard';
import { type Service, startService } from './support/service';
import { until } from './support/until';

const WAIT_MS = 30_000;

(BROWSER_MISSING === undefined ? describe : describe.skip)(
  `in a browser${BROWSER_MISSING ? ` (skipped: ${BROWSER_MISSING})` : ''}`,
  () => {
    let service: Service;
    let dataDir: string;
    let browser: Browser;
    const start = (port = '0'): Promise<Service> => startService({ PORT: port, DATA_DIR: dataDir });

    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'meterhouse-dashboard-live-'));
      [service, browser] = await Promise.all([start(), openBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      await service.stop();
      await rm(dataDir, { recursive: true, force: true });
    });
    afterEach(() => closePages(browser));

    /** Sends requests that happen now. */
    async function send(key: string, requests: number, statusCode = 200): Promise<void> {
      const event = { method: 'GET', endpoint: '/v1/things', statusCode, latencyMs: 20 };
      const sent = await call(service, '/events?wait=true', {
        key,
        body: Array.from({ length: requests }, () => event),
      });
      expect(sent.status).toBe(202);
    }

    const state = (page: Page, text: RegExp | string) => page.locator('.live-state', { hasText: text });

    /** The requests of all minutes of the table: of the minute alone they would depend on when it ends. */
    async function requestsOf(page: Page): Promise<number> {
      const cells = await page.getByRole('region', { name: 'Last minutes' }).locator('td:nth-child(2)').allInnerTexts();
      return cells.reduce((sum, text) => sum + Number(text), 0);
    }
    const expectRequests = (page: Page, requests: number): Promise<void> =>
      until(WAIT_MS, async () => expect(await requestsOf(page)).toBe(requests));

    const isStream = (request: Request): boolean => new URL(request.url()).pathname === '/usage/live';

    it('shows an event that was sent: in its second, its minute, and by who sent it', async () => {
      const { secret } = await createKey(service, 'watched', { name: 'storefront' });
      const { page, faults } = await openDashboard(browser, service.url, '/app/live', { as: secret });
      await state(page, 'Live').waitFor();
      await send(secret, 2);
      await send(secret, 1, 503);
      await expectRequests(page, 3);
      await page.locator('svg .second.failed').first().waitFor();
      const minutes = page.getByRole('region', { name: 'Last minutes' });
      expect((await minutes.innerText()).replaceAll('\u202f', ' ')).toMatch(/33\.3 %|100 %/);
      await page.getByRole('region', { name: 'Endpoints of the last hour' }).getByText('/v1/things').waitFor();
      await page.getByRole('region', { name: 'Keys of the last hour' }).getByText('storefront').waitFor();
      expect(faults).toEqual([]);
    });

    it('speaks each second at the cursor, and stands still meanwhile', async () => {
      const { secret } = await createKey(service, 'reader');
      const { page } = await openDashboard(browser, service.url, '/app/live', { as: secret });
      await state(page, 'Live').waitFor();
      const chart = page.getByRole('slider', { name: 'Chart of requests by second' });
      await chart.focus();
      await page.keyboard.press('End');
      const last = await chart.getAttribute('aria-valuetext');
      expect(last).toMatch(/^\d\d:\d\d:\d\d: (0|not received)$/);
      const other = await openDashboard(browser, service.url, '/app/live', { as: secret });
      await send(secret, 5);
      await expectRequests(other.page, 5);
      await expectRequests(page, 5);
      expect(await chart.getAttribute('aria-valuetext')).toBe(last);
      await page.keyboard.press('ArrowLeft');
      expect(await chart.getAttribute('aria-valuetext')).not.toBe(last);
    });

    it('tells nothing while it is paused or hidden, and what happened meanwhile afterwards', async () => {
      const { secret } = await createKey(service, 'pauses');
      const { page } = await openDashboard(browser, service.url, '/app/live', { as: secret });
      const other = await openDashboard(browser, service.url, '/app/live', { as: secret });
      await send(secret, 1);
      await expectRequests(page, 1);
      const rests = [
        {
          before: () => page.getByRole('button', { name: 'Pause' }).click(),
          after: () => page.getByRole('button', { name: 'Continue' }).click(),
        },
        { before: () => setVisible(page, false), after: () => setVisible(page, true) },
      ];
      let sent = 1;
      for (const { before, after } of rests) {
        const closed = page.waitForEvent('requestfailed', isStream);
        await before();
        await closed;
        await send(secret, 2);
        sent += 2;
        await expectRequests(other.page, sent);
        expect(await requestsOf(page)).toBe(sent - 2);
        const opened = page.waitForRequest(isStream);
        await after();
        expect((await opened).headers()['last-event-id']).toMatch(/^\d+$/);
        await expectRequests(page, sent);
      }
    });

    it('watches one key where the address names it', async () => {
      const [own, other] = [await createKey(service, 'two-keys'), await createKey(service, 'two-keys')];
      const { page } = await openDashboard(browser, service.url, `/app/live?keyId=${own.id}`, { as: own.secret });
      const all = await openDashboard(browser, service.url, '/app/live', { as: own.secret });
      await send(other.secret, 4);
      await send(own.secret, 1);
      await expectRequests(all.page, 5);
      await expectRequests(page, 1);
    });

    it('goes back to the sign-in when its key has ended, in the service’s words', async () => {
      const { secret, id } = await createKey(service, 'ends');
      const { page } = await openDashboard(browser, service.url, '/app/live', { as: secret });
      await state(page, 'Live').waitFor();
      await call(service, `/keys/${id}`, { key: service.adminKey, method: 'DELETE' });
      const { body } = await call(service, '/usage', { key: secret });
      await page.getByRole('alert').getByText(String(body.message)).waitFor();
      expect(page.url()).toBe(`${service.url}/app/live`);
    });

    it('says what it has no permission for', async () => {
      const { secret } = await createKey(service, 'senders', { permissions: ['events:write'] });
      const { page } = await openDashboard(browser, service.url, '/app/live', { as: secret });
      await page.getByText('This screen needs the permission usage:read').waitFor();
    });

    describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
      it('has nothing that axe finds, running, paused and at the cursor, and fits into 320 pixels', async () => {
        const { secret } = await createKey(service, `axe-${colorScheme}`);
        await send(secret, 3, 500);
        const { page, faults } = await openDashboard(browser, service.url, '/app/live', {
          as: secret,
          colorScheme,
          width: 320,
        });
        await expectRequests(page, 3);
        await page.getByRole('region', { name: 'Endpoints of the last hour' }).waitFor();
        await expectAccessible(page);
        await expectToFit(page);
        await page.getByRole('button', { name: 'Pause' }).click();
        await page.getByRole('slider').focus();
        await page.keyboard.press('End');
        await page.locator('.readout').waitFor();
        await expectAccessible(page);
        expect(faults).toEqual([]);
      });
    });

    it('says that the service is away, and goes on by itself when it is back', async () => {
      const { secret } = await createKey(service, 'comes-back');
      const { page } = await openDashboard(browser, service.url, '/app/live', { as: secret });
      await send(secret, 1);
      await expectRequests(page, 1);
      const { port } = new URL(service.url);
      await service.stop();
      await state(page, /^Away: .*Trying again/).waitFor();
      expect(await requestsOf(page)).toBe(1);
      service = await start(port);
      await send(secret, 2);
      await expectRequests(page, 3);
      await state(page, /^Live$/).waitFor();
    });
  },
);
