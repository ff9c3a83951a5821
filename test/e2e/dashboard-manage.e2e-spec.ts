/** Accounts and settings in the dashboard. Real: the built service and page, HTTP, the engine, Chromium. */
import type { Browser, Page } from 'playwright-core';
import { call, createKey } from './support/api';
import { BROWSER_MISSING, type Watched, openBrowser } from './support/browser';
import { type Visit, closePages, expectAccessible, openDashboard } from './support/dashboard';
import { type Service, startService } from './support/service';

(BROWSER_MISSING === undefined ? describe : describe.skip)(
  `in a browser${BROWSER_MISSING ? ` (skipped: ${BROWSER_MISSING})` : ''}`,
  () => {
    let service: Service;
    let browser: Browser;
    let shop: { secret: string; id: string };

    beforeAll(async () => {
      [service, browser] = await Promise.all([startService(), openBrowser()]);
      shop = await createKey(service, 'shop', { name: 'storefront' });
      const bank = await createKey(service, 'bank', { name: 'payments' });
      await send(shop.secret, 40, 0);
      await send(bank.secret, 20, 5);
      await createKey(service, 'unused');
    });
    afterAll(async () => {
      await browser.close();
      await service.stop();
    });
    afterEach(() => closePages(browser));

    async function send(key: string, requests: number, failed: number): Promise<void> {
      const events = Array.from({ length: requests }, (_, index) => ({
        id: `manage-${index}`,
        timestamp: Date.now(),
        method: 'GET',
        endpoint: '/v1/things',
        statusCode: index < failed ? 500 : 200,
        latencyMs: 10,
      }));
      expect((await call(service, '/events?wait=true', { key, body: events })).status).toBe(202);
    }

    const visit = (path: string, { as = service.adminKey, ...options }: Partial<Visit> = {}): Promise<Watched> =>
      openDashboard(browser, service.url, path, { as, ...options });

    const row = (page: Page, account: string) =>
      page.getByRole('row').filter({ has: page.getByRole('link', { name: account, exact: true }) });
    /** The accounts of the table, in its order. */
    const accounts = (page: Page): Promise<string[]> => page.locator('.data-table tbody a').allInnerTexts();

    it('lists accounts with what they send and what fails of it, and sorts and finds them', async () => {
      const { page, faults } = await visit('/app/accounts');
      await row(page, 'bank').waitFor();
      expect((await accounts(page)).filter((id) => id === 'shop' || id === 'bank')).toEqual(['shop', 'bank']);
      expect(await row(page, 'bank').locator('[data-title="Requests"]').innerText()).toMatch(/^20\s+new$/);
      expect(await row(page, 'bank').locator('[data-title="Failed"]').innerText()).toMatch(/^5\s+25\s%$/);
      await page.getByRole('button', { name: 'Failed' }).click();
      await page.waitForURL('**/app/accounts?sort=errors&order=desc');
      await page.locator('.data-table[data-stale="false"] th[aria-sort] button', { hasText: 'Failed' }).waitFor();
      expect((await accounts(page))[0]).toBe('bank');
      await page.getByLabel('Search accounts').fill('SHO');
      await page
        .getByText('1 accounts')
        .or(page.getByText('1 account', { exact: true }))
        .waitFor();
      expect(await accounts(page)).toEqual(['shop']);
      await page.getByRole('link', { name: 'shop', exact: true }).click();
      await page.waitForURL('**/app?account=shop&timeframe=30d');
      await page.locator('button.tile[title="40"]').first().waitFor();
      expect(faults).toEqual([]);
    });

    it('sets limits of an account, and says beside its field what the service refuses', async () => {
      const { page } = await visit('/app/accounts');
      await page.getByRole('button', { name: 'Limits of unused' }).click();
      const dialog = page.getByRole('dialog', { name: 'Limits of unused' });
      await dialog.getByLabel('Active keys', { exact: true }).selectOption('A number');
      await dialog.getByLabel('Active keys, as a number').fill('100001');
      await dialog.getByLabel('Events a day', { exact: true }).selectOption('No limit');
      await dialog.getByRole('button', { name: 'Set limits' }).click();
      const number = dialog.getByLabel('Active keys, as a number');
      expect(await dialog.getByRole('alert').innerText()).toContain('a whole number from 0 to 100000');
      expect(await number.getAttribute('aria-invalid')).toBe('true');
      await number.fill('7');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      const { body } = await call(service, '/accounts?search=unused', { key: service.adminKey });
      expect(body.accounts).toMatchObject([
        { limits: { activeKeys: 7, eventsPerDay: null }, customLimits: ['activeKeys', 'eventsPerDay'] },
      ]);
    });

    it('shows accounts to admins alone', async () => {
      const { page } = await visit('/app/accounts', { as: shop.secret });
      await page.getByText('This screen needs the permission admin').waitFor();
      expect(await page.getByRole('link', { name: 'Accounts' }).count()).toBe(0);
    });

    it('remembers theme, zone and the first day of a week', async () => {
      const { page, faults } = await visit('/app/settings', { as: shop.secret });
      await page.getByRole('button', { name: 'Dark', exact: true }).click();
      expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
      await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
      await page.getByRole('button', { name: 'Sunday' }).click();
      const asked = page.waitForRequest((request) => request.url().includes('/usage?'));
      await page.goto(`${service.url}/app?timeframe=90d&granularity=week`);
      const { searchParams } = new URL((await asked).url());
      expect([searchParams.get('weekStart'), searchParams.get('timezone')]).toEqual(['sunday', 'Asia/Tokyo']);
      expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
      expect(faults).toEqual([]);
    });

    it('says who is signed in, also to a key that may read nothing, and signs out', async () => {
      const sender = await createKey(service, 'shop', { name: 'sender', permissions: ['events:write'] });
      const { page } = await visit('/app/settings', { as: sender.secret });
      const caller = page.getByRole('region', { name: 'Signed in with' });
      await caller.getByText(sender.id).waitFor();
      expect(await caller.innerText()).toMatch(/sender.*shop.*enterprise.*events:write.*never/s);
      expect(await page.locator('main').innerHTML()).not.toContain(sender.secret);
      await caller.getByRole('button', { name: 'Sign out' }).click();
      await page.getByLabel('API key or share token').waitFor();
    });

    it('opens screens from the menu of a narrow window by keyboard alone', async () => {
      const { page, faults } = await visit('/app/settings', { width: 320 });
      const menu = page.getByRole('button', { name: 'Menu' });
      const link = page.getByRole('link', { name: 'Accounts' });
      await page.getByRole('button', { name: 'Account: All accounts' }).getByText('All accounts').waitFor();
      await menu.focus();
      await page.keyboard.press('Enter');
      await link.waitFor();
      await page.keyboard.press('Tab');
      await page.locator('a:focus', { hasText: 'Overview' }).waitFor();
      await page.keyboard.press('Escape');
      await link.waitFor({ state: 'hidden' });
      expect(await menu.evaluate((button) => button.matches(':focus'))).toBe(true);
      await page.keyboard.press('Enter');
      await link.focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/app/accounts');
      await link.waitFor({ state: 'hidden' });
      // The heading is where a screen begins for who does not see it.
      await page.locator('h1:focus', { hasText: 'Accounts' }).waitFor();
      expect(faults).toEqual([]);
    });

    it.each(['/app/accounts', '/app/settings'])('fits %s into 320 pixels', async (path) => {
      const { page } = await visit(path, { width: 320 });
      await page.locator('.data-table, .facts').first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    });

    it.each(['light', 'dark'] as const)('has nothing that axe finds in the %s theme', async (colorScheme) => {
      const { page, faults } = await visit('/app/accounts', { colorScheme });
      await row(page, 'shop').waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Limits of shop' }).click();
      await page.getByLabel('Events a minute', { exact: true }).selectOption('A number');
      await expectAccessible(page);
      await page.goto(`${service.url}/app/settings`);
      await page.locator('.facts').waitFor();
      await expectAccessible(page);
      expect(faults).toEqual([]);
    });
  },
);
