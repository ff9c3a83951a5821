/** Advice in the dashboard. Real: the built service and page, HTTP, the engine, Chromium. */
import type { Browser, Page } from 'playwright-core';
import { call, createKey } from './support/api';
import { BROWSER_MISSING, type Watched, openBrowser, openPage } from './support/browser';
import { expectAccessible } from './support/dashboard';
import { type Service, startService } from './support/service';

const CALLER = { name: 'gateway', permissions: ['usage:read', 'events:write', 'alerts:write'] };

(BROWSER_MISSING === undefined ? describe : describe.skip)(
  `in a browser${BROWSER_MISSING ? ` (skipped: ${BROWSER_MISSING})` : ''}`,
  () => {
    let service: Service;
    let browser: Browser;
    const open: Watched[] = [];

    beforeAll(async () => {
      [service, browser] = await Promise.all([startService(), openBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      await service.stop();
    });
    afterEach(async () => {
      for (const watched of open.splice(0)) await watched.close();
    });

    async function visit(
      path: string,
      as: string,
      options: { colorScheme?: 'dark'; width?: number } = {},
    ): Promise<Watched> {
      const watched = await openPage(browser, service.url, options);
      open.push(watched);
      await watched.page.goto(`${service.url}${path}#key=${as}`);
      return watched;
    }

    /** An account of which one endpoint fails much more often than the other. */
    async function failing(account: string): Promise<string> {
      const { secret } = await createKey(service, account, CALLER);
      const events = Array.from({ length: 1_000 }, (_, index) => ({
        timestamp: Date.now() - 60_000,
        method: 'GET',
        endpoint: index % 2 === 0 ? '/v1/orders' : '/v1/things',
        statusCode: index % 2 === 0 && index < 400 ? 500 : 200,
        latencyMs: 10,
      }));
      expect((await call(service, '/events?wait=true', { key: secret, body: events })).status).toBe(202);
      return secret;
    }

    const card = (page: Page) => page.getByRole('article', { name: /requests of .* to \/v1\/orders fail/ });

    it('says what could be improved, shows the requests behind it, and dismisses it with a reason', async () => {
      const key = await failing('shop');
      const { page, faults } = await visit('/app/advice', key);
      await card(page).getByText('To gain').waitFor();
      await card(page)
        .locator('.advice-facts > div')
        .filter({ hasText: /^failed requests\s*200$/ })
        .waitFor();
      await card(page).getByRole('link', { name: 'Show it' }).click();
      await page.waitForURL(/\/app\?.*endpoint=%2Fv1%2Forders/);
      await page.locator('button.tile[title="500"]').first().waitFor();
      await page.goBack();
      await card(page)
        .getByRole('button', { name: /^Dismiss/ })
        .click();
      await page.keyboard.type('Known: the provider of payments is being replaced');
      await page.keyboard.press('Enter');
      await card(page).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Dismissed 1' }).click();
      await page.waitForURL('**/app/advice?status=dismissed');
      await card(page).getByText('Known: the provider of payments').waitFor();
      expect(
        await card(page)
          .getByRole('button', { name: /^Dismiss/ })
          .count(),
      ).toBe(0);
      expect(faults).toEqual([]);
    });

    it('lets who may not change anything look, and asks an admin for an account', async () => {
      await failing('lookers');
      const reader = await createKey(service, 'lookers', { name: 'reader', permissions: ['usage:read'] });
      const { page } = await visit('/app/advice', reader.secret);
      await card(page).waitFor();
      expect(await page.getByRole('button', { name: /^Dismiss…/ }).count()).toBe(0);
      const { page: other } = await visit('/app/advice', service.adminKey);
      await other.getByText('Advice is about one account').waitFor();
      await other.goto(`${service.url}/app/advice?account=lookers`);
      await card(other).waitFor();
    });

    it('says that nothing was found', async () => {
      const { secret } = await createKey(service, 'healthy', CALLER);
      const { page, faults } = await visit('/app/advice', secret);
      await page.getByText('Nothing to improve was found in this period.').waitFor();
      await page.getByText('What is looked for').click();
      await page.getByText('retry storm').waitFor();
      expect(faults).toEqual([]);
    });

    it.each<[string, { colorScheme?: 'dark'; width?: number }]>([
      ['the light theme', {}],
      ['the dark theme', { colorScheme: 'dark' }],
      ['320 pixels', { width: 320 }],
    ])('has nothing that axe finds, and fits, in %s', async (name, options) => {
      const { page, faults } = await visit('/app/advice', await failing(name.replaceAll(' ', '-')), options);
      await card(page).waitFor();
      for (const summary of await page.locator('summary').all()) await summary.click();
      await expectAccessible(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(options.width ?? 1_280);
      await card(page)
        .getByRole('button', { name: /^Dismiss/ })
        .click();
      await page.getByRole('dialog').waitFor();
      await expectAccessible(page);
      expect(faults).toEqual([]);
    });
  },
);
