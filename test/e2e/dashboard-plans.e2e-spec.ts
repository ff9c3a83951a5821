/** Plans in the dashboard. Real: the built service and page, HTTP, the engine, Chromium. */
import type { Browser } from 'playwright-core';
import { call, createKey } from './support/api';
import { BROWSER_MISSING, type Watched, openBrowser } from './support/browser';
import { type Visit, closePages, expectAccessible, expectToFit, openDashboard } from './support/dashboard';
import { type Service, startService } from './support/service';

const PLAN = {
  ...{ name: 'Starter', currency: 'USD', timezone: 'UTC', flatFee: '10.00', effectiveFrom: '2020-01-01' },
  prices: [{ id: 'all', name: 'Requests', tiers: [{ unitAmount: '0.5' }] }],
};

(BROWSER_MISSING === undefined ? describe : describe.skip)(
  `in a browser${BROWSER_MISSING ? ` (skipped: ${BROWSER_MISSING})` : ''}`,
  () => {
    let service: Service;
    let browser: Browser;
    let shop: string;
    let planId: string;

    beforeAll(async () => {
      [service, browser] = await Promise.all([startService(), openBrowser()]);
      shop = (await createKey(service, 'shop', { name: 'storefront' })).secret;
      const events = Array.from({ length: 30 }, (_, index) => ({
        id: `plans-${index}`,
        timestamp: Date.now(),
        method: 'GET',
        endpoint: '/v1/things',
        statusCode: 200,
        latencyMs: 10,
      }));
      expect((await call(service, '/events?wait=true', { key: shop, body: events })).status).toBe(202);
      const made = await call(service, '/plans', { key: service.adminKey, body: PLAN });
      planId = (made.body.plan as { id: string }).id;
    });
    afterAll(async () => {
      await browser.close();
      await service.stop();
    });
    afterEach(() => closePages(browser));

    const visit = (path: string, { as = service.adminKey, ...options }: Partial<Visit> = {}): Promise<Watched> =>
      openDashboard(browser, service.url, path, { as, ...options });

    it('makes a new version of a plan, which is priced as one types, and says beside its field what is wrong', async () => {
      const { page } = await visit('/app/plans?account=shop');
      await page.getByRole('link', { name: 'Starter' }).click();
      await page.waitForURL(`**/app/plans?account=shop&plan=${planId}`);
      const preview = page.getByRole('region', { name: 'Preview' });
      await preview.getByText('$25.00').waitFor();
      const tiers = page.getByLabel('Tiers');
      await tiers.fill('20 0.1\n10 0.2\n* 0.3');
      await page.getByLabel('Model').selectOption('Each by its own tier');
      await preview.getByText('It cannot be priced as it is').waitFor();
      expect(await tiers.getAttribute('aria-invalid')).toBe('true');
      await tiers.fill('20 0.1\n* 0.2');
      await preview.getByText('$14.00').waitFor();
      await page.getByRole('button', { name: 'Save as a new version' }).click();
      await page.getByText('“Starter” has a version 2.').waitFor();
      const { body } = await call(service, `/plans/${planId}`, { key: service.adminKey });
      expect(body).toMatchObject({
        plan: {
          version: 2,
          flatFee: '10.00',
          prices: [{ id: 'all', tiers: [{ unitAmount: '0.1' }, { unitAmount: '0.2' }] }],
        },
        versions: [{ version: 1 }, { version: 2 }],
      });
    });

    it('makes a plan, and gives it to an account', async () => {
      const { page, faults } = await visit('/app/plans?plan=new');
      await page.getByLabel('Name', { exact: true }).fill('Fair');
      await page.getByRole('button', { name: 'Make the plan' }).click();
      await page.getByRole('link', { name: 'Fair' }).click();
      await page.getByRole('button', { name: 'Give it to an account…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Give Fair to an account' });
      await dialog.getByLabel('Account').fill('shop');
      await dialog.getByRole('button', { name: 'Give it the plan' }).click();
      await dialog.waitFor({ state: 'detached' });
      const { body } = await call(service, '/accounts/shop/plan', { key: service.adminKey });
      expect(body).toMatchObject({ plan: { name: 'Fair' } });
      expect(faults).toEqual([]);
    });

    it('says in the words of the service why an account gets no plan', async () => {
      const { page } = await visit(`/app/plans?plan=${planId}`);
      await page.getByRole('button', { name: 'Give it to an account…' }).click();
      await page.getByLabel('Account').last().fill('nobody');
      await page.keyboard.press('Enter');
      await page.getByText('There is no account').waitFor();
    });

    it('shows plans to admins alone', async () => {
      const { page } = await visit('/app/plans', { as: shop });
      await page.getByText('This screen needs the permission admin').waitFor();
    });

    it('prices nothing and stores nothing where a plan is tried that is wrong', async () => {
      const tried = (query: string, body: object) =>
        call(service, `/plans/preview${query}`, { key: service.adminKey, body });
      expect(await tried('?accountId=shop', { ...PLAN, flatFee: '-1' })).toMatchObject({
        status: 400,
        body: { details: [{ field: 'flatFee' }] },
      });
      expect(await tried('', PLAN)).toMatchObject({ status: 400, body: { details: [{ field: 'accountId' }] } });
      const { status, body } = await tried('?accountId=shop', { ...PLAN, name: 'Tried' });
      expect({ status, body }).toMatchObject({
        status: 200,
        body: { plan: { name: 'Tried' }, total: '25.00', lines: [{ priceId: 'all', units: 30, amount: '15.00' }] },
      });
      const { body: stored } = await call(service, '/plans', { key: service.adminKey });
      expect(JSON.stringify(stored)).not.toContain('Tried');
    });

    it.each(['light', 'dark'] as const)('has nothing that axe finds, in the %s theme', async (colorScheme) => {
      const { page, faults } = await visit(`/app/plans?account=shop&plan=${planId}`, { colorScheme, width: 320 });
      await page.getByRole('region', { name: 'Preview' }).getByText('Total').first().waitFor();
      await page.locator('[data-stale="false"]').first().waitFor();
      await expectToFit(page);
      await expectAccessible(page);
      expect(faults).toEqual([]);
    });
  },
);
