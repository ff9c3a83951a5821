/** Cost in the dashboard. Real: the built service and page, HTTP, the engine, Chromium. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { call, createKey } from './support/api';
import { BROWSER_MISSING, type Watched, openBrowser, openPage } from './support/browser';
import { expectAccessible } from './support/dashboard';
import { type Service, startService } from './support/service';

const PLAN = {
  name: 'Starter',
  currency: 'USD',
  timezone: 'UTC',
  anchorDay: 1,
  flatFee: '49.00',
  prices: [
    { id: 'reports', name: 'Reports', match: { endpoint: ['/v1/reports'] }, unit: 'requests', unitAmount: '0.5' },
    { id: 'rest', name: 'Everything else', unit: 'requests', includedUnits: 10, unitAmount: '0.015' },
  ].map(({ unitAmount, ...price }) => ({ ...price, model: 'unit', tiers: [{ upTo: null, unitAmount }] })),
  freeStatuses: ['5xx'],
};

(BROWSER_MISSING === undefined ? describe : describe.skip)(
  `in a browser${BROWSER_MISSING ? ` (skipped: ${BROWSER_MISSING})` : ''}`,
  () => {
    let service: Service;
    let browser: Browser;
    let shop: string;
    let flat: string;
    const open: Watched[] = [];

    beforeAll(async () => {
      [service, browser] = await Promise.all([startService(), openBrowser()]);
      shop = (await createKey(service, 'shop', { name: 'storefront' })).secret;
      await createKey(service, 'poor');
      await send({ '/v1/things': 30, '/v1/reports': 4 }, 200);
      await send({ '/v1/things': 3 }, 503);
      const starter = await makePlan(PLAN);
      flat = await makePlan({ ...PLAN, name: 'Flat', flatFee: '60', prices: [] });
      await call(service, '/accounts/shop/plan', {
        method: 'PUT',
        key: service.adminKey,
        body: { planId: starter, from: '2020-01-01' },
      });
    });
    afterAll(async () => {
      await browser.close();
      await service.stop();
    });
    afterEach(async () => {
      for (const watched of open.splice(0)) await watched.close();
    });

    async function makePlan(plan: object): Promise<string> {
      const { status, body } = await call(service, '/plans', {
        key: service.adminKey,
        body: { ...plan, effectiveFrom: '2020-01-01' },
      });
      expect({ status, body }).toMatchObject({ status: 201 });
      return (body.plan as { id: string }).id;
    }

    async function send(requests: Record<string, number>, statusCode: number): Promise<void> {
      const events = Object.entries(requests).flatMap(([endpoint, count]) =>
        Array.from({ length: count }, (_, index) => ({
          id: `cost-${statusCode}-${endpoint}-${index}`,
          timestamp: Date.now(),
          method: 'GET',
          endpoint,
          statusCode,
          latencyMs: 10,
        })),
      );
      expect((await call(service, '/events?wait=true', { key: shop, body: events })).status).toBe(202);
    }

    async function visit(path: string, as = shop, colorScheme: 'light' | 'dark' = 'light'): Promise<Watched> {
      const watched = await openPage(browser, service.url, { colorScheme });
      open.push(watched);
      await watched.page.goto(`${service.url}${path}#key=${as}`);
      return watched;
    }

    const cells = async (page: Page, plan: string): Promise<string[]> => {
      const rows = page.getByRole('region', { name: `Bill of ${plan}` }).locator('tbody tr');
      await rows.first().waitFor();
      return (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
    };
    const total = (page: Page, plan: string) =>
      page.getByRole('region', { name: `Bill of ${plan}` }).locator('tfoot td:last-child');

    it('shows the bill of the running period to the last digit, as GET /usage/cost has it', async () => {
      const { page, faults } = await visit('/app/cost');
      expect(await cells(page, 'Starter')).toEqual([
        'Reports 4 0 US$2.00',
        'Everything else 30 10 US$0.30',
        'Flat fee ' + (await fee()),
      ]);
      expect(await total(page, 'Starter').innerText()).toBe(`US$${(await cost('')).total}`);
      await page.getByText('3 requests: their status is free.').waitFor();
      expect(faults).toEqual([]);
    });

    it('filters by an endpoint, and leaves fees out', async () => {
      const { page } = await visit('/app/cost');
      await page.getByRole('button', { name: '/v1/reports' }).click();
      await page.waitForURL('**/app/cost?endpoint=%2Fv1%2Freports');
      await page.getByText('What the filters leave of each line').waitFor();
      expect(await total(page, 'Starter').innerText()).toBe('US$2.00');
      await page.goBack();
      await page.getByText('Flat fee').waitFor();
    });

    it('compares plans side by side for admins', async () => {
      const { page } = await visit('/app/cost?account=shop', service.adminKey);
      await page.getByLabel('Compare with').selectOption({ label: 'Flat (USD)' });
      await page.waitForURL(`**/app/cost?account=shop&planId=${flat}`);
      await page.getByText(/^Flat would have cost US\$\d+\.\d\d (more|less) so far\.$/).waitFor();
      expect(await cells(page, 'Flat')).toHaveLength(1);
      await page.getByText('3 requests: their status is free.').waitFor();
    });

    it('saves the same figures as a file', async () => {
      const { page } = await visit('/app/cost');
      const shown = await total(page, 'Starter').innerText();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'CSV' }).click(),
      ]);
      expect(file.suggestedFilename()).toBe('meterhouse-cost-current.csv');
      const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
      expect(lines).toContain(`total,,,,,,,${shown.replace('US$', '')},USD`);
      expect(lines).toContain('line,reports,Reports,,4,0,4,2.00,USD');
    });

    it('chooses another period, and is at it after a reload', async () => {
      const { page } = await visit('/app/cost');
      await page.getByLabel('Billing period').selectOption('Last');
      await page.waitForURL('**/app/cost?period=previous');
      await page.getByText('Complete', { exact: true }).waitFor();
      await page.reload();
      await page.getByText('Complete', { exact: true }).waitFor();
      expect(await total(page, 'Starter').innerText()).toBe('US$49.00');
    });

    it('says what to do without a plan, and to an admin without an account', async () => {
      const { page } = await visit('/app/cost?account=poor', service.adminKey);
      await page.getByRole('heading', { name: 'There is no plan' }).waitFor();
      await page.goto(`${service.url}/app/cost`);
      await page.getByRole('heading', { name: 'Whose cost?' }).waitFor();
    });

    it.each(['light', 'dark'] as const)('has nothing that axe finds, in the %s theme', async (colorScheme) => {
      const { page, faults } = await visit(`/app/cost?account=shop&planId=${flat}`, service.adminKey, colorScheme);
      await cells(page, 'Flat');
      await expectAccessible(page);
      expect(faults).toEqual([]);
    });

    async function cost(query: string): Promise<{ total: string; flatFee: string }> {
      const { body } = await call(service, `/usage/cost${query}`, { key: shop });
      return body as { total: string; flatFee: string };
    }

    async function fee(): Promise<string> {
      return `US$${(await cost('')).flatFee}`;
    }
  },
);
