/** The files, calls and statements that the dashboard offers, against its screen. Real: the built service and page, curl. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import { call, createKey } from './support/api';
import { BROWSER_MISSING, openBrowser } from './support/browser';
import { chartTable, closePages, expectAccessible, openDashboard } from './support/dashboard';
import { type Service, startService } from './support/service';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ZONE = 'Europe/Berlin';

const run = promisify(execFile);

/** Each panel of the overview, and the names that its rows have in a file and in SQL. */
const PANELS = [
  { title: 'Endpoints', file: ['endpoint', 'requests'], statement: ['endpoint', 'requests'] },
  { title: 'Keys', file: ['name', 'requests'], statement: ['keyId', 'requests'] },
  { title: 'Status codes', file: ['statusCode', 'requests'], statement: ['statusCode', 'requests'] },
  { title: 'Error types', file: ['type', 'count'], statement: ['type', 'failedRequests'] },
] as const;

/** A window that still runs, one that is over, and one that is narrowed in each way. */
const VIEWS = [
  `/app?timeframe=24h&timezone=${ZONE}`,
  `/app?timeframe=7d&granularity=day&timezone=Asia/Kolkata&method=POST`,
  `/app?timeframe=7d&granularity=hour&timezone=${ZONE}&statusCode=5xx&endpoint=${encodeURIComponent("/v1/it's,one")}`,
];

(BROWSER_MISSING === undefined ? describe : describe.skip)(
  `in a browser${BROWSER_MISSING ? ` (skipped: ${BROWSER_MISSING})` : ''}`,
  () => {
    let service: Service;
    let browser: Browser;
    let key: string;
    const names = new Map<string, string>();

    beforeAll(async () => {
      [service, browser] = await Promise.all([startService(), openBrowser()]);
      const created = await createKey(service, 'shop', {
        name: 'storefront',
        permissions: ['usage:read', 'events:write', 'keys:read', 'sql:read'],
      });
      const mobile = await createKey(service, 'shop', { name: 'mobile' });
      key = created.secret;
      names.set(created.id, 'storefront').set(mobile.id, 'mobile');
      const now = Date.now();
      const events = Array.from({ length: 600 }, (_, index) => ({
        id: `calls-${index}`,
        // No figure of these windows changes while a test runs: nothing is near their ends.
        timestamp: now - 10 * MINUTE - (index % 12) * HOUR,
        ...(index % 3 === 0 ? { keyId: mobile.id } : {}),
        method: index % 2 === 0 ? 'POST' : 'GET',
        endpoint: ['/v1/orders', "/v1/it's,one", '/v1/search'][index % 5] ?? '/v1/orders',
        statusCode: index % 7 === 1 ? 503 : index % 11 === 2 ? 404 : 200,
        latencyMs: index % 90,
        responseBytes: 100,
      }));
      expect((await call(service, '/events?wait=true', { key, body: events })).status).toBe(202);
    });
    afterAll(async () => {
      await browser.close();
      await service.stop();
    });
    afterEach(() => closePages(browser));

    async function openDialog(page: Page, title: string): Promise<Locator> {
      await page.getByRole('button', { name: `Export ${title}, or see the call` }).click();
      const dialog = page.getByRole('dialog', { name: title });
      await dialog.waitFor();
      return dialog;
    }

    async function save(page: Page, format: string): Promise<Buffer> {
      const download = page.waitForEvent('download');
      await page.getByRole('dialog').getByRole('button', { name: format, exact: true }).click();
      const file = await download;
      expect(file.suggestedFilename()).toMatch(new RegExp(`^meterhouse-.*\\.${format.toLowerCase()}s?$`));
      return readFile(await file.path());
    }

    const text = (dialog: Locator, title: string): Promise<string> =>
      dialog.getByRole('region', { name: `${title}, as text` }).innerText();

    /** Runs a command as somebody would who copies it into a shell. */
    const inShell = async (command: string): Promise<string> =>
      (await run('sh', ['-c', command], { env: { ...process.env, KEY: key } })).stdout;

    async function inSql(query: string): Promise<Record<string, unknown>[]> {
      const { body } = await call(service, '/sql', { key, body: { query } });
      const columns = (body.columns as { name: string }[]).map(({ name }) => name);
      return (body.rows as unknown[][]).map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
    }

    /** The name and the first figure of each row of a panel. */
    async function shown(page: Page, title: string): Promise<[string, number][]> {
      const rows = await page.getByRole('region', { name: title, exact: true }).locator('tbody tr').all();
      return Promise.all(
        rows.map(async (row): Promise<[string, number]> => [
          await row.locator('th').innerText(),
          Number(await row.locator('td').first().innerText()),
        ]),
      );
    }

    /** In one order: where figures are equal, each way has its own. */
    const sorted = (rows: readonly (readonly [string, number])[]) =>
      rows.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
    const pick = (rows: readonly Record<string, unknown>[], [name, figure]: readonly [string, string]) =>
      rows.map((row): [string, number] => [String(row[name]), Number(row[figure])]);
    const linesOf = (bytes: Buffer | string): Record<string, unknown>[] =>
      String(bytes)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);

    it.each(VIEWS)('has the figures of each panel as a file, by curl and in SQL: %s', async (path) => {
      const { page, faults } = await openDashboard(browser, service.url, path, { as: key });
      await page.locator('button.tile').first().waitFor();
      for (const { title, file, statement } of PANELS) {
        const screen = sorted(await shown(page, title));
        expect(screen.length).toBeGreaterThan(0);
        const dialog = await openDialog(page, title);
        expect(sorted(pick(linesOf(await save(page, 'NDJSON')), file))).toEqual(screen);
        expect(await inShell(await text(dialog, 'curl'))).toBe(String(await save(page, 'CSV')));
        const rows = pick(await inSql(await text(dialog, 'SQL')), statement);
        expect(sorted(rows.map(([name, figure]) => [names.get(name) ?? name, figure]))).toEqual(screen);
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
      }
      expect(faults).toEqual([]);
    });

    it.each(VIEWS)('has the buckets of the chart as a file, by curl and in SQL: %s', async (path) => {
      const { page } = await openDashboard(browser, service.url, path, { as: key });
      await page.getByRole('button', { name: 'Table' }).click();
      const screen = (await chartTable(page, 'Requests')).map(([, requests]) => Number(requests));
      const dialog = await openDialog(page, 'Requests over time');
      const lines = linesOf(await save(page, 'NDJSON'));
      expect(lines.map(({ requests }) => requests)).toEqual(screen);
      expect(await inShell(await text(dialog, 'curl'))).toBe(String(await save(page, 'CSV')));
      const rows = await inSql(await text(dialog, 'SQL'));
      // A statement has no rows for buckets without requests.
      expect(rows.map(({ requests }) => Number(requests))).toEqual(screen.filter((requests) => requests > 0));
    });

    it('has files for DuckDB and pandas', async () => {
      const { page } = await openDashboard(browser, service.url, '/app', { as: key });
      await openDialog(page, 'Endpoints');
      expect((await save(page, 'Parquet')).subarray(0, 4).toString()).toBe('PAR1');
      // The mark of the IPC stream's first message.
      expect((await save(page, 'Arrow')).readUInt32LE()).toBe(0xff_ff_ff_ff);
    });

    it('has the call of the whole screen', async () => {
      const { page } = await openDashboard(
        browser,
        service.url,
        `/app?timeframe=7d&keyId=${[...names.keys()].join()}`,
        {
          as: key,
        },
      );
      await page.locator('summary', { hasText: 'As a call' }).click();
      const command = await page.getByRole('region', { name: 'The call as a command' }).innerText();
      const { usage } = JSON.parse(await inShell(command)) as { usage: Record<string, unknown> };
      expect(usage.totalRequests).toBe(600);
      await page.locator(`button.tile[title="600"]`).first().waitFor();
    });

    it('opens a statement where it can be run', async () => {
      const { page, faults } = await openDashboard(browser, service.url, '/app?timeframe=7d', { as: key });
      await page.locator('button.tile').first().waitFor();
      const screen = sorted(await shown(page, 'Endpoints'));
      const dialog = await openDialog(page, 'Endpoints');
      await dialog.getByRole('button', { name: 'Open in SQL' }).click();
      await page.getByRole('button', { name: 'Run' }).click();
      const rows = page.getByRole('region', { name: 'Rows' }).locator('tbody tr');
      await rows.first().waitFor();
      const cells = await Promise.all((await rows.all()).map((row) => row.locator('td').allInnerTexts()));
      expect(sorted(cells.map(([name = '', requests]) => [name, Number(requests)]))).toEqual(screen);
      expect(faults).toEqual([]);
    });

    it('says which permission SQL takes, and why a file could not be made', async () => {
      const { secret } = await createKey(service, 'shop', { name: 'reader', permissions: ['usage:read'] });
      const { page } = await openDashboard(browser, service.url, '/app', { as: secret });
      const dialog = await openDialog(page, 'Endpoints');
      await dialog.getByText('needs the permission sql:read').waitFor();
      expect(await dialog.getByRole('button', { name: 'Open in SQL' }).isDisabled()).toBe(true);
      const refusal = { success: false, error: 'OVERLOADED', message: 'All exports of this account are busy.' };
      await page.route('**/usage/export?*', (route) => route.fulfill({ status: 503, json: refusal }), { times: 1 });
      await dialog.getByRole('button', { name: 'CSV', exact: true }).click();
      await dialog.getByRole('alert').getByText('All exports of this account are busy.').waitFor();
      expect((await save(page, 'CSV')).length).toBeGreaterThan(0);
      expect(await dialog.getByRole('alert').count()).toBe(0);
    });

    describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
      it('has nothing that axe finds in the dialog', async () => {
        const { page, faults } = await openDashboard(browser, service.url, '/app', { as: key, colorScheme });
        await openDialog(page, 'Status codes');
        await expectAccessible(page);
        expect(faults).toEqual([]);
      });
    });
  },
);
