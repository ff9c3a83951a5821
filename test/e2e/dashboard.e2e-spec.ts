/** The dashboard as people use it. Real: the built service and page, HTTP, the engine, Chromium. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { call, createKey } from './support/api';
import { BROWSER_MISSING, type Watched, openBrowser } from './support/browser';
import { type Visit, closePages, expectAccessible, figureOf, shownCount, openDashboard } from './support/dashboard';
import { type Service, startService } from './support/service';

const MINUTE = 60_000;

/** What the service answers past a limit, which the tests cannot reach without depending on the clock's minute. */
const usedUp = (seconds: number) => ({
  status: 429,
  headers: { 'Retry-After': String(seconds) },
  json: { success: false, error: 'RATE_LIMIT_EXCEEDED', message: 'The limit of 60 requests a minute is used up.' },
});

const BUILT = join(__dirname, '../../dist/dashboard');
const MAX_SCRIPT_BYTES = 150_000;

it('asks for at most 150 kB of compressed scripts on its first screen', () => {
  const page = readFileSync(join(BUILT, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\/app\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '');
  expect(scripts.length).toBeGreaterThan(0);
  const sizes = scripts.map((path) => readFileSync(join(BUILT, `${path}.gz`)).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(MAX_SCRIPT_BYTES);
});

(BROWSER_MISSING === undefined ? describe : describe.skip)(
  `in a browser${BROWSER_MISSING ? ` (skipped: ${BROWSER_MISSING})` : ''}`,
  () => {
    let service: Service;
    let browser: Browser;
    let key: string;
    let keyId: string;

    beforeAll(async () => {
      [service, browser] = await Promise.all([startService(), openBrowser()]);
      ({ secret: key, id: keyId } = await createKey(service, 'shop', { name: 'storefront' }));
      await sendTraffic();
    });
    afterAll(async () => {
      await browser.close();
      await service.stop();
    });
    afterEach(() => closePages(browser));

    /** Three hours of four endpoints, of which one fails now and then. */
    async function sendTraffic(): Promise<void> {
      const now = Date.now();
      const events = Array.from({ length: 1_234 }, (_, index) => ({
        id: `dashboard-${index}`,
        timestamp: now - (index % 180) * MINUTE,
        method: index % 3 === 0 ? 'POST' : 'GET',
        endpoint: ['/v1/products', '/v1/orders', '/v1/carts/{id}', '/v1/search'][index % 4],
        statusCode: index % 28 === 3 ? 503 : index % 40 === 1 ? 404 : 200,
        latencyMs: 10 + (index % 50),
        responseBytes: 2_000,
      }));
      const sent = await call(service, '/events?wait=true', { key, body: events });
      expect(sent.status).toBe(202);
    }

    const visit = (path: string, { as = key, ...options }: Partial<Visit> = {}): Promise<Watched> =>
      openDashboard(browser, service.url, path, { as, ...options });

    const usage = async (query: string): Promise<Record<string, unknown>> => {
      const { body } = await call(service, `/usage?${query}`, { key });
      return body.usage as Record<string, unknown>;
    };

    it('opens signed in from a link, takes the key out of the address, and shows what GET /usage says', async () => {
      const { page, faults } = await visit('/');
      await page.locator('button.tile').first().waitFor();
      expect(page.url()).toBe(`${service.url}/app`);
      const totals = await usage('timeframe=24h');
      expect(await figureOf(page, 'Requests')).toBe(shownCount(totals.totalRequests));
      expect(await figureOf(page, 'Throttled')).toBe(shownCount(totals.throttledRequests));
      expect(await page.locator('.completeness').innerText()).toMatch(/Complete to \d\d:\d\d:\d\d.*Europe\/Berlin/s);
      const row = page.locator('tr', { hasText: '/v1/products' });
      expect(await row.locator('td').first().innerText()).toBe(
        shownCount((await usage('timeframe=24h&endpoint=/v1/products')).totalRequests),
      );
      await page.reload();
      await page.locator('button.tile').first().waitFor();
      expect(faults).toEqual([]);
    });

    it('filters by a click on a row, and steps back by the browser and by Escape', async () => {
      const { page, faults } = await visit('/app');
      const all = shownCount((await usage('timeframe=24h')).totalRequests);
      const some = shownCount((await usage('timeframe=24h&endpoint=/v1/search&statusCode=503')).totalRequests);
      const shows = (text: string): Promise<void> => page.locator(`button.tile[title="${text}"]`).first().waitFor();
      await page.getByRole('button', { name: '/v1/orders', exact: true }).click();
      await page.getByRole('button', { name: 'Remove the filter Endpoint /v1/orders' }).waitFor();
      await page.goBack();
      await shows(all);
      await page.goForward();
      await page.getByRole('button', { name: 'Remove the filter Endpoint /v1/orders' }).waitFor();
      await page.goBack();
      await page.getByRole('button', { name: '503', exact: true }).click();
      await page.waitForURL('**/app?statusCode=503');
      await page.keyboard.press('Escape');
      await page.waitForURL('**/app');
      await page.goto(`${service.url}/app?endpoint=/v1/search&statusCode=503`);
      await shows(some);
      expect(faults).toEqual([]);
    });

    it('names a key in its filter', async () => {
      const { page } = await visit(`/app?keyId=${keyId}`);
      await page.getByRole('button', { name: 'Remove the filter Key storefront' }).waitFor();
    });

    it('speaks each bucket at the cursor, and zooms to those selected with Shift', async () => {
      const { page, faults } = await visit('/app?timezone=UTC');
      const chart = page.getByRole('slider', { name: 'Chart of Requests' });
      await chart.focus();
      await page.keyboard.press('Home');
      expect(await chart.getAttribute('aria-valuetext')).toMatch(/: 0(, not complete)?$/);
      await page.keyboard.press('End');
      expect(await chart.getAttribute('aria-valuetext')).toMatch(/: \d+(, \d+ failed)?, not complete$/);
      await page.keyboard.press('Shift+ArrowLeft');
      await page.keyboard.press('Shift+ArrowLeft');
      await page.keyboard.press('Enter');
      await page.waitForURL(/from=\d{4}-\d\d-\d\dT\d\d%3A00%3A00\.000Z&to=/);
      const { searchParams } = new URL(page.url());
      const length = Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? '');
      expect(length).toBe(180 * MINUTE);
      await page.locator('.chart svg').waitFor();
      expect(faults).toEqual([]);
    });

    it('zooms to what is dragged over', async () => {
      const { page } = await visit('/app');
      const box = await page.getByRole('slider').boundingBox();
      if (!box) throw new Error('There should be a chart.');
      await page.mouse.move(box.x + box.width * 0.7, box.y + 100);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.9, box.y + 120, { steps: 4 });
      await page.mouse.up();
      await page.waitForURL(/from=.*&to=/);
    });

    it('obeys single keys, and lists them', async () => {
      const { page, faults } = await visit('/app');
      await page.locator('button.tile').first().waitFor();
      await page.keyboard.press('w');
      await page.waitForURL('**/app?timeframe=7d');
      await page.keyboard.press('x');
      await page.waitForURL('**/app?timeframe=7d&compare=previous');
      await page.keyboard.press('2');
      await page.waitForURL(/metric=errorRate/);
      await page.keyboard.press('z');
      await page.waitForURL(/timezone=UTC/);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
      await page.keyboard.press('w');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(page.url()).toMatch(/timeframe=7d.*timezone=UTC|timezone=UTC.*timeframe=7d/);
      expect(faults).toEqual([]);
    });

    it('shows the figures of the chart as a table', async () => {
      const { page } = await visit('/app');
      await page.getByRole('button', { name: 'Table' }).click();
      const rows = page.getByRole('region', { name: 'Requests as a table' }).locator('tbody tr');
      await rows.first().waitFor();
      const shown = (await rows.locator('td:nth-child(2)').allInnerTexts()).map((text) =>
        Number(text.replace(',', '')),
      );
      const { totalRequests } = await usage('timeframe=24h');
      expect(shown.reduce((sum, value) => sum + value)).toBe(totalRequests);
    });

    it('shows what failed on a screen of its own, with the filters of the one before', async () => {
      const { page, faults } = await visit('/app?endpoint=/v1/search');
      await page.locator('button.tile').first().waitFor();
      await page.getByRole('link', { name: 'Errors' }).click();
      await page.waitForURL('**/app/errors?endpoint=%2Fv1%2Fsearch');
      const { failedRequests, totalRequests } = await usage('timeframe=24h&endpoint=/v1/search');
      expect(failedRequests).toBeGreaterThan(0);
      expect(await page.locator('.summary').innerText()).toContain(
        `${shownCount(failedRequests)} of ${shownCount(totalRequests)} requests failed`,
      );
      await page.getByRole('button', { name: 'storefront' }).click();
      await page.getByRole('button', { name: 'Remove the filter Key storefront' }).waitFor();
      expect(faults).toEqual([]);
    });

    it('shows latency by endpoint, the slowest first', async () => {
      const { page, faults } = await visit('/app/latency');
      await page.locator('.chart svg').waitFor();
      const { body } = await call(service, '/usage?timeframe=24h', { key });
      const { p99 } = body.latency as Record<string, number>;
      const tile = page.locator('.tile', { has: page.getByText('p99', { exact: true }) });
      expect(await tile.locator('.figure').innerText()).toBe(`${Number(p99?.toFixed(1))}\u202fms`);
      const names = await page.locator('.data-table tbody th button').allInnerTexts();
      const slowest = (body.breakdown as { byEndpoint: { endpoint: string; p95: number }[] }).byEndpoint
        .toSorted((a, b) => b.p95 - a.p95)
        .map(({ endpoint }) => endpoint);
      expect(names).toEqual(slowest);
      expect(faults).toEqual([]);
    });

    it('has no screen where none is, and leads back', async () => {
      const { page } = await visit('/app/nowhere');
      await page.getByRole('button', { name: 'Go to the overview' }).click();
      await page.locator('button.tile').first().waitFor();
    });

    it('refuses a wrong key in the service’s words, and takes a right one', async () => {
      const { page } = await visit('/app', { as: 'mh_wrong' });
      const { body } = await call(service, '/usage', { key: 'mh_wrong' });
      expect(await page.getByRole('alert').innerText()).toBe(body.message);
      await page.getByLabel('API key or share token').fill(key);
      await page.keyboard.press('Enter');
      await page.locator('button.tile').first().waitFor();
    });

    it('leads back to the sign-in when its key has ended, and keeps nothing of what it showed', async () => {
      const ending = await createKey(service, 'shop');
      const { page } = await visit('/app?endpoint=/v1/orders', { as: ending.secret });
      await page.locator('button.tile').first().waitFor();
      await call(service, `/keys/${ending.id}`, { key: service.adminKey, method: 'DELETE' });
      const { body } = await call(service, '/usage', { key: ending.secret });
      await page.keyboard.press('w');
      await page.getByRole('alert').getByText(String(body.message)).waitFor();
      expect(await page.locator('.figures').count()).toBe(0);
      expect(await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toContain('mh_');
      await page.getByLabel('API key or share token').fill(key);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Remove the filter Endpoint /v1/orders' }).waitFor();
    });

    it('tells an empty account how to send its first event, and notices it', async () => {
      const { secret } = await createKey(service, 'newcomer');
      const { page, faults } = await visit('/app', { as: secret });
      const command = await page.getByRole('region', { name: 'Command' }).innerText();
      const event: unknown = JSON.parse(/-d '(.*)'/.exec(command)?.[1] ?? '');
      expect((await call(service, '/events?wait=true', { key: secret, body: event })).status).toBe(202);
      await page.locator('button.tile[title="1"]').first().waitFor();
      expect(faults).toEqual([]);
    });

    it('waits where the limit is used up, says so, and goes on', async () => {
      const { page } = await visit('/app', {
        before: (opened) => opened.route('**/usage?*', (route) => route.fulfill(usedUp(2)), { times: 1 }),
      });
      expect(await page.getByRole('status').filter({ hasText: 'Trying again' }).innerText()).toMatch(
        /The limit of 60 requests a minute is used up.*Trying again in \d\u202fs/s,
      );
      await page.locator('button.tile').first().waitFor();
      expect(await page.getByText('is used up').count()).toBe(0);
    });

    it('says why the service refuses, and offers a retry', async () => {
      const { page } = await visit('/app?timeframe=90d&granularity=minute');
      const alert = page.getByRole('alert');
      expect(await alert.innerText()).toContain('more than 11000');
      await alert.getByRole('button', { name: 'Try again' }).waitFor();
      await page.keyboard.press('d');
      await page.locator('button.tile').first().waitFor();
      expect(await alert.count()).toBe(0);
    });

    it.each([320, 900, 3_840])('fits into %d pixels', async (width) => {
      const { page } = await visit('/app?timeframe=7d&compare=previous', { width });
      await page.locator('.chart svg').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    });

    describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
      it('has nothing that axe finds on the overview, its table and its dialogs', async () => {
        const { page } = await visit('/app?compare=previous&statusCode=200,503,404', { colorScheme });
        await page.locator('.chart svg').waitFor();
        await page.locator('summary').click();
        await expectAccessible(page);
        await page.getByRole('button', { name: 'Table' }).click();
        await expectAccessible(page);
        for (const dialog of ['?', 'c']) {
          await page.keyboard.press(dialog);
          await page.getByRole('dialog').waitFor();
          await expectAccessible(page);
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
        }
      });

      it('has nothing that axe finds on the other screens, where there is nothing, and at the sign-in', async () => {
        for (const path of ['/app/errors?compare=previous', '/app/latency']) {
          const screen = await visit(path, { colorScheme });
          await screen.page.locator('.chart svg').first().waitFor();
          await expectAccessible(screen.page);
        }
        const { secret } = await createKey(service, `empty-${colorScheme}`);
        const { page } = await visit('/app', { as: secret, colorScheme });
        await page.getByRole('region', { name: 'Command' }).waitFor();
        await expectAccessible(page);
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByLabel('API key or share token').waitFor();
        await expectAccessible(page);
      });
    });
  },
);
