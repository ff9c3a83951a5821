/** Capacity in the dashboard. Real: the built service and page, HTTP, the engine, Chromium. */
import type { Browser } from 'playwright-core';
import { call, createKey } from './support/api';
import { BROWSER_MISSING, type Watched, openBrowser, openPage } from './support/browser';
import { chartTable, expectAccessible } from './support/dashboard';
import { type Service, startService } from './support/service';

const HOUR = 3_600_000;

/** More than the two weeks that the shape of a week takes. */
const HOURS = 24 * 24;

(BROWSER_MISSING === undefined ? describe : describe.skip)(
  `in a browser${BROWSER_MISSING ? ` (skipped: ${BROWSER_MISSING})` : ''}`,
  () => {
    let service: Service;
    let browser: Browser;
    let shop: string;
    const open: Watched[] = [];

    beforeAll(async () => {
      [service, browser] = await Promise.all([startService(), openBrowser()]);
      shop = (await createKey(service, 'shop', { name: 'storefront', tier: 'free' })).secret;
      const now = Date.now();
      const events = Array.from({ length: HOURS }, (_, index) => ({
        id: `capacity-${index}`,
        timestamp: now - (HOURS - index) * HOUR,
        method: 'GET',
        endpoint: '/v1/things',
        statusCode: 200,
        latencyMs: 10,
      }));
      expect((await call(service, '/events?wait=true', { key: shop, body: events })).status).toBe(202);
    });
    afterAll(async () => {
      await browser.close();
      await service.stop();
    });
    afterEach(async () => {
      for (const watched of open.splice(0)) await watched.close();
    });

    async function visit(path: string, as = shop, colorScheme: 'light' | 'dark' = 'light'): Promise<Watched> {
      const watched = await openPage(browser, service.url, { colorScheme });
      open.push(watched);
      await watched.page.goto(`${service.url}${path}#key=${as}`);
      return watched;
    }

    it('draws the forecast of GET /usage/forecast over the past', async () => {
      const { page, faults } = await visit('/app/capacity?horizon=7d');
      await page.getByText(/expected, .* in 8 of 10 cases\./).waitFor();
      const chart = page.getByRole('slider', { name: 'Chart of Requests' });
      await chart.focus();
      await page.keyboard.press('End');
      expect(await chart.getAttribute('aria-valuetext')).toMatch(
        /: Expected \d+, 8 of 10 cases \d+ to \d+, 95 of 100 cases/,
      );
      await page.getByRole('region', { name: 'Forecast' }).getByRole('button', { name: 'Table' }).click();
      const rows = await chartTable(page, 'Requests');
      const { body } = await call(service, `/usage/forecast?horizon=7d&timezone=${await zone(page)}`, { key: shop });
      const points = body.points as { expected: number }[];
      expect(rows.slice(-points.length).map((cells) => cells[2])).toEqual(
        points.map(({ expected }) => new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }).format(expected)),
      );
      expect(faults).toEqual([]);
    });

    it('lists each limit of each key with how near it is, and leads to the page of the key', async () => {
      const { page } = await visit('/app/capacity');
      const limits = page.getByRole('region', { name: 'Limits of keys' });
      await limits.getByRole('link', { name: 'storefront' }).first().waitFor();
      const { body } = await call(service, '/usage/capacity', { key: shop });
      expect(await limits.getByRole('row').count()).toBe((body.limits as unknown[]).length + 1);
      await limits.getByRole('link', { name: 'storefront' }).first().click();
      await page.waitForURL('**/app/key?**');
    });

    it('has its choices in the address', async () => {
      const { page } = await visit('/app/capacity');
      await page.getByRole('button', { name: '90 days' }).click();
      await page.getByRole('button', { name: 'Bytes' }).click();
      await page.waitForURL('**/app/capacity?metric=bytes&horizon=90d');
      await page.goBack();
      expect(await page.getByRole('button', { name: '90 days' }).getAttribute('aria-pressed')).toBe('true');
      expect(await page.getByRole('button', { name: 'Requests' }).getAttribute('aria-pressed')).toBe('true');
    });

    it('tries a limit by the slider, as GET /usage/tiers does', async () => {
      const { page, faults } = await visit('/app/capacity?requestsPerDay=10');
      const limits = page.getByRole('region', { name: 'Other limits' });
      const refused = async (query: string): Promise<string> => {
        const { body } = await call(service, `/usage/tiers?${query}`, { key: shop });
        const { custom } = body.summary as { custom: { throttledRequests: number } };
        return new Intl.NumberFormat('en-GB').format(custom.throttledRequests);
      };
      const row = limits.getByRole('row').filter({ hasText: 'the tried limit' });
      await row
        .getByText(await refused('requestsPerDay=10'))
        .first()
        .waitFor();
      const slider = limits.getByRole('slider', { name: 'Try a limit' });
      await slider.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await page.waitForURL('**/app/capacity?requestsPerDay=110');
      expect(await slider.getAttribute('aria-valuetext')).toBe('110 requests a day');
      await row.locator('[data-title="Requests refused"]', { hasText: await refused('requestsPerDay=110') }).waitFor();
      await limits.getByRole('button', { name: 'Try none' }).click();
      await page.waitForURL('**/app/capacity');
      expect(faults).toEqual([]);
    });

    it('shows what the service itself takes up to admins alone', async () => {
      const { page } = await visit('/app/capacity', service.adminKey);
      await page.getByRole('region', { name: 'The service itself' }).getByText('Disk').waitFor();
      const other = await visit('/app/capacity');
      await other.page.getByRole('link', { name: 'storefront' }).first().waitFor();
      expect(await other.page.getByRole('region', { name: 'The service itself' }).count()).toBe(0);
    });

    it('says why there is no forecast', async () => {
      const fresh = (await createKey(service, 'fresh', { name: 'new' })).secret;
      const { page, faults } = await visit('/app/capacity', fresh);
      const { body } = await call(service, '/usage/forecast?horizon=30d', { key: fresh });
      await page.getByText(String(body.notice)).waitFor();
      expect(faults).toEqual([]);
    });

    it.each(['light', 'dark'] as const)('has nothing that axe finds, in the %s theme', async (colorScheme) => {
      const { page, faults } = await visit('/app/capacity', service.adminKey, colorScheme);
      await page.getByRole('link', { name: 'storefront' }).first().waitFor();
      await page.getByText(/expected, /).waitFor();
      await expectAccessible(page);
      expect(faults).toEqual([]);
    });

    /** Of the browser, by which the page asks. */
    async function zone(page: Watched['page']): Promise<string> {
      return encodeURIComponent(await page.evaluate<string>('Intl.DateTimeFormat().resolvedOptions().timeZone'));
    }
  },
);
