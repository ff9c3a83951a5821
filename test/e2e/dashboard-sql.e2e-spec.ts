/** The SQL screen of the dashboard. Real: the built service and page, HTTP, the engine, Chromium. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { type Answer, call, createKey } from './support/api';
import { BROWSER_MISSING, openBrowser } from './support/browser';
import { closePages, expectAccessible, expectToFit, openDashboard } from './support/dashboard';
import { type Service, startService } from './support/service';

const HOUR = 3_600_000;
const BY_ENDPOINT = 'SELECT endpoint, count() AS requests FROM events GROUP BY endpoint ORDER BY endpoint';
const BY_HOUR = 'SELECT bucket, sum(requests) AS requests FROM usage_hour GROUP BY bucket ORDER BY bucket';

(BROWSER_MISSING === undefined ? describe : describe.skip)(
  `in a browser${BROWSER_MISSING ? ` (skipped: ${BROWSER_MISSING})` : ''}`,
  () => {
    let service: Service;
    let browser: Browser;
    let key: string;

    beforeAll(async () => {
      [service, browser] = await Promise.all([startService(), openBrowser()]);
      const permissions = ['usage:read', 'events:write', 'sql:read'];
      ({ secret: key } = await createKey(service, 'shop', { name: 'analyst', permissions }));
      const now = Date.now();
      const events = Array.from({ length: 250 }, (_, index) => ({
        id: `sql-${index}`,
        timestamp: now - (index % 5) * HOUR,
        method: 'GET',
        endpoint: index % 10 === 0 ? '/v1/“quoted”,"twice"' : '/v1/plain',
        statusCode: 200,
        latencyMs: index,
      }));
      expect((await call(service, '/events?wait=true', { key, body: events })).status).toBe(202);
    });
    afterAll(async () => {
      await browser.close();
      await service.stop();
    });
    afterEach(() => closePages(browser));

    const answerOf = (query: string, parameters = {}): Promise<Answer> =>
      call(service, '/sql', { key, body: { query, parameters } });
    const editor = (page: Page) => page.getByLabel('SQL statement');
    const run = (page: Page) => page.getByRole('button', { name: 'Run' }).click();
    const rows = (page: Page) => page.getByRole('region', { name: 'Rows' }).locator('tbody tr');

    /** Opens the screen once its list of views is there: what is asked later is of the statement. */
    async function open(path = '/app/sql', options: { colorScheme?: 'light' | 'dark'; width?: number } = {}) {
      const watched = await openDashboard(browser, service.url, path, { as: key, ...options });
      await watched.page.locator('summary', { hasText: 'usage_hour' }).first().waitFor();
      return watched;
    }

    /** The cells of the answer, row by row. */
    async function cellsOf(page: Page): Promise<string[][]> {
      await rows(page).first().waitFor();
      return Promise.all((await rows(page).all()).map((row) => row.locator('td').allInnerTexts()));
    }

    it('runs a statement by Ctrl and Enter, and the address is its link', async () => {
      const { page, faults } = await open();
      await editor(page).fill(BY_ENDPOINT);
      await page.keyboard.press('Control+Enter');
      const { body } = await answerOf(BY_ENDPOINT);
      expect(await cellsOf(page)).toEqual((body.rows as unknown[][]).map((row) => row.map(String)));
      expect(new URL(page.url()).searchParams.get('sql')).toBe(BY_ENDPOINT);
      await page.getByText('2 rows', { exact: false }).first().waitFor();
      await editor(page).fill('SELECT 1');
      await run(page);
      await page.waitForURL(/sql=SELECT\+1$/);
      await page.goBack();
      expect(await editor(page).inputValue()).toBe(BY_ENDPOINT);
      const linked = await open(`/app/sql?${new URLSearchParams({ sql: BY_ENDPOINT }).toString()}`);
      expect(await editor(linked.page).inputValue()).toBe(BY_ENDPOINT);
      expect([...faults, ...linked.faults]).toEqual([]);
    });

    it.each([
      ['Not allowed.', "SELECT * FROM url('http://127.0.0.1', CSV)"],
      ['Failed.', 'SELECT no_such_column FROM events'],
    ])('says “%s” in the service’s words, and leaves the rows before', async (title, statement) => {
      const { page } = await open();
      await editor(page).fill(BY_ENDPOINT);
      await run(page);
      await rows(page).first().waitFor();
      await editor(page).fill(statement);
      await run(page);
      const { body } = await answerOf(statement);
      expect(await page.getByRole('alert').innerText()).toBe(`${title} ${String(body.message)}`);
      expect(await editor(page).getAttribute('aria-invalid')).toBe('true');
      expect(await rows(page).count()).toBe(2);
      await editor(page).fill('SELECT 1');
      await run(page);
      await page.getByRole('alert').waitFor({ state: 'detached' });
    });

    it('asks for the parameters that a statement names', async () => {
      const { page, faults } = await open();
      const statement =
        'SELECT count() FROM events WHERE endpoint = {endpoint:String} AND latency_ms >= {least:UInt32}';
      await editor(page).fill(statement);
      const parameters = page.getByRole('group', { name: 'Parameters' });
      await parameters.getByLabel('endpoint String').fill('/v1/plain');
      await parameters.getByLabel('least UInt32').fill('200');
      await page.keyboard.press('Enter');
      expect(await cellsOf(page)).toEqual([['45']]);
      expect(faults).toEqual([]);
    });

    it('cancels by closing the call', async () => {
      const { page } = await open();
      await page.route('**/sql', () => undefined);
      await editor(page).fill('SELECT 1');
      const asked = page.waitForRequest('**/sql');
      await run(page);
      await asked;
      const closed = page.waitForEvent('requestfailed');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('status').getByText('Cancelled.').waitFor();
      expect((await closed).failure()?.errorText).toContain('ABORTED');
      await page.unroute('**/sql');
      await run(page);
      expect(await cellsOf(page)).toEqual([['1']]);
    });

    it('draws a line over times and bars over texts, and says where there is nothing to draw', async () => {
      const { page, faults } = await open();
      await editor(page).fill(BY_HOUR);
      await run(page);
      await page.getByRole('button', { name: 'Chart' }).click();
      const chart = page.getByRole('slider', { name: 'Chart of requests' });
      await chart.focus();
      await page.keyboard.press('Home');
      const { body } = await answerOf(BY_HOUR);
      const [first] = body.rows as [string, number][];
      expect(await chart.getAttribute('aria-valuetext')).toMatch(new RegExp(`: ${Number(first?.[1])}$`));
      await editor(page).fill(BY_ENDPOINT);
      await run(page);
      await page.locator('.result-bars tbody tr').first().waitFor();
      expect(await page.locator('.result-bars td').allInnerTexts()).toEqual(['225', '25']);
      await editor(page).fill("SELECT 'one', 'two'");
      await run(page);
      await page.getByText('A chart takes a column of times or texts, and one of numbers.').waitFor();
      expect(faults).toEqual([]);
    });

    it('saves the rows as CSV, whatever is in them', async () => {
      const { page } = await open();
      await editor(page).fill(BY_ENDPOINT);
      await run(page);
      await rows(page).first().waitFor();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download CSV' }).click();
      const file = await download;
      expect(file.suggestedFilename()).toMatch(/^meterhouse-sql-\d{8}T\d{6}Z\.csv$/);
      expect(await readFile(await file.path(), 'utf8')).toBe(
        '"endpoint","requests"\n"/v1/plain",225\n"/v1/“quoted”,""twice""",25\n',
      );
    });

    it('shows a hundred rows at a time, and says when there are more than it asked for', async () => {
      const { page } = await open();
      await editor(page).fill('SELECT latency_ms FROM events ORDER BY latency_ms');
      await run(page);
      expect((await cellsOf(page)).length).toBe(100);
      await page.getByRole('button', { name: 'Next' }).click();
      expect((await cellsOf(page))[0]).toEqual(['100']);
      await page.getByText('101 – 200 of 250').waitFor();
      await page.getByLabel('At most').selectOption('100');
      await run(page);
      await page.getByText('There are more rows than these').waitFor();
      expect(await page.getByRole('button', { name: 'Next' }).count()).toBe(0);
    });

    it('has the columns of the views, which a click puts into the statement, and is left by Escape and Tab', async () => {
      const { page } = await open();
      await editor(page).fill('SELECT ');
      const views = page.getByRole('region', { name: 'Views' });
      await views.locator('summary', { hasText: /^usage_hour$/ }).click();
      await views.getByRole('button', { name: /^throttled / }).click();
      expect(await editor(page).inputValue()).toBe('SELECT throttled');
      await page.keyboard.press('Tab');
      expect(await editor(page).inputValue()).toBe('SELECT throttled  ');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.tagName')).not.toBe('TEXTAREA');
      expect(await editor(page).inputValue()).toBe('SELECT throttled  ');
    });

    it('runs every example', async () => {
      const { page, faults } = await open();
      const examples = page.getByRole('region', { name: 'Examples' }).getByRole('button');
      expect(await examples.count()).toBeGreaterThan(0);
      for (const example of await examples.all()) {
        await example.click();
        const answered = page.waitForResponse('**/sql');
        for (const field of await page.getByRole('group', { name: 'Parameters' }).locator('input').all()) {
          await field.fill('/v1/plain');
        }
        await run(page);
        expect([await example.innerText(), (await answered).status()]).toEqual([await example.innerText(), 200]);
      }
      expect(faults).toEqual([]);
    });

    it('asks for nothing until a statement is run', async () => {
      const { page } = await openDashboard(browser, service.url, '/app/sql', {
        as: key,
        before: (opened) => opened.clock.install(),
      });
      await page.locator('summary', { hasText: 'usage_hour' }).first().waitFor();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      for (let minute = 0; minute < 10; minute++) await page.clock.runFor('01:00');
      expect(asked).toEqual([]);
    });

    it('is for keys that may read by SQL', async () => {
      const { secret } = await createKey(service, 'shop', { name: 'storefront' });
      const { page, faults } = await openDashboard(browser, service.url, '/app/sql', { as: secret });
      await page
        .getByText('This screen needs the permission sql:read, which the key “storefront” does not have.')
        .waitFor();
      expect(await page.getByRole('link', { name: 'SQL' }).count()).toBe(0);
      expect(faults).toEqual([]);
    });

    describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
      it('has nothing that axe finds with rows, a chart, bars, parameters and a failure', async () => {
        const { page } = await open('/app/sql', { colorScheme });
        await page.locator('summary', { hasText: /^usage_hour$/ }).click();
        await editor(page).fill(
          '-- a comment\nSELECT endpoint, NULL AS none, 1.5 AS number FROM events WHERE endpoint = {e:String} OR 1',
        );
        await run(page);
        await rows(page).first().waitFor();
        await expectAccessible(page);
        for (const statement of [BY_HOUR, BY_ENDPOINT]) {
          await editor(page).fill(statement);
          await run(page);
          await page.getByRole('button', { name: 'Chart' }).click();
          await page.locator(statement === BY_HOUR ? '.chart svg' : '.result-bars').waitFor();
          await expectAccessible(page);
        }
        await editor(page).fill('SELECT no_such_column FROM events');
        await run(page);
        await page.getByRole('alert').waitFor();
        await expectAccessible(page);
      });
    });

    it.each([320, 768, 2_560])('fits into %d pixels', async (width) => {
      const { page } = await open('/app/sql', { width });
      await editor(page).fill('SELECT * FROM events');
      await run(page);
      await rows(page).first().waitFor();
      await expectToFit(page);
    });
  },
);
