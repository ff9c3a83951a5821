/** Charts, comparisons, periods and pages of the dashboard. Real: the built service and page, HTTP, the engine, Chromium. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { call, createKey } from './support/api';
import { BROWSER_MISSING, type Watched, openBrowser } from './support/browser';
import {
  type Visit,
  chartTable,
  closePages,
  expectAccessible,
  figureOf,
  openDashboard,
  setVisible,
  shownCount,
} from './support/dashboard';
import { type Service, startService } from './support/service';
import { until } from './support/until';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONE = 'Europe/Berlin';

/** The date in the zone, as 2026-11-28. */
const dateIn = (at: number): string => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(at);
const midnightOf = (date: string): number => {
  const [before, after] = [Date.parse(`${date}T00:00:00+02:00`), Date.parse(`${date}T00:00:00+01:00`)];
  return dateIn(before) === date ? before : after;
};

/** The last day of the zone that had not 24 hours. */
function dayOfChange(): { date: string; next: string; hours: number } {
  for (let at = Date.now() - 2 * DAY; ; at -= DAY) {
    const date = dateIn(at);
    const next = dateIn(midnightOf(date) + 30 * HOUR);
    const hours = (midnightOf(next) - midnightOf(date)) / HOUR;
    if (hours !== 24) return { date, next, hours };
  }
}

(BROWSER_MISSING === undefined ? describe : describe.skip)(
  `in a browser${BROWSER_MISSING ? ` (skipped: ${BROWSER_MISSING})` : ''}`,
  () => {
    let service: Service;
    let dataDir: string;
    let browser: Browser;
    let key: string;
    let keyId: string;
    const now = Date.now();
    const change = dayOfChange();
    const start = (port = '0'): Promise<Service> =>
      startService({ PORT: port, DATA_DIR: dataDir, RETENTION_RAW_DAYS: '400' });

    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'meterhouse-drill-down-'));
      [service, browser] = await Promise.all([start(), openBrowser()]);
      ({ secret: key, id: keyId } = await createKey(service, 'shop', { name: 'storefront' }));
      const { id: mobile } = await createKey(service, 'shop', { name: 'mobile' });
      await send(key, [...traffic(mobile), ...outage(), ...changeOfClocks()]);
    });
    afterAll(async () => {
      await browser.close();
      await service.stop();
      await rm(dataDir, { recursive: true, force: true });
    });
    afterEach(() => closePages(browser));

    async function send(as: string, body: object[]): Promise<void> {
      expect((await call(service, '/events?wait=true', { key: as, body })).status).toBe(202);
    }

    /** Nine days of six requests an hour; a ninth of them fails in one way or the other. */
    function traffic(mobile: string): object[] {
      return Array.from({ length: 9 * 24 * 6 }, (_, index) => ({
        id: `traffic-${index}`,
        timestamp: now - index * 10 * MINUTE,
        ...(index % 4 === 0 ? { keyId: mobile } : {}),
        method: index % 3 === 0 ? 'POST' : 'GET',
        endpoint: ['/v1/products', '/v1/orders', '/v1/search'][index % 3],
        statusCode: index % 54 === 5 ? 404 : index % 54 === 7 ? 429 : 200,
        latencyMs: index % 20 === 1 ? 900 : 5 + (index % 40),
      }));
    }

    /** Forty requests within a minute, five hours ago. */
    function outage(): object[] {
      return Array.from({ length: 40 }, (_, index) => ({
        id: `outage-${index}`,
        timestamp: now - 5 * HOUR,
        method: 'POST',
        endpoint: '/v1/orders',
        statusCode: 503,
        errorType: 'upstream_down',
        latencyMs: 2_000,
      }));
    }

    /** In each hour of the day one more than in the one before. */
    function changeOfClocks(): object[] {
      return Array.from({ length: change.hours }, (_, hour) =>
        Array.from({ length: hour + 1 }, (__, index) => ({
          id: `clocks-${hour}-${index}`,
          timestamp: midnightOf(change.date) + hour * HOUR + 20 * MINUTE,
          method: 'GET',
          endpoint: '/v1/clocks',
          statusCode: 200,
          latencyMs: 20,
        })),
      ).flat();
    }

    const visit = (path: string, { as = key, ...options }: Partial<Visit> = {}): Promise<Watched> =>
      openDashboard(browser, service.url, path, { as, ...options });

    const usage = async (query: string): Promise<Record<string, Record<string, unknown>>> => {
      const { body } = await call(service, `/usage?${query}`, { key });
      return body as Record<string, Record<string, unknown>>;
    };

    it('shows all hours of a day on which clocks change, as GET /usage has them', async () => {
      const { page, faults } = await visit(
        `/app?from=${change.date}&to=${change.next}&granularity=hour&timezone=${ZONE}`,
      );
      await page.getByRole('button', { name: 'Table' }).click();
      const rows = await chartTable(page, 'Requests');
      expect(rows.map(([, requests]) => Number(requests))).toEqual(
        Array.from({ length: change.hours }, (_, hour) => hour + 1),
      );
      expect(rows.filter(([name]) => /\b0?2:00$/.test(name ?? ''))).toHaveLength(change.hours - 24 + 1);
      const { timeSeries } = await usage(`from=${change.date}&to=${change.next}&granularity=hour&timezone=${ZONE}`);
      expect(timeSeries).toHaveLength(change.hours);
      expect(faults).toEqual([]);
    });

    it('compares with the period before, and with the same weekdays by the clock', async () => {
      const { page, faults } = await visit('/app?timeframe=24h');
      await page.locator('button.tile').first().waitFor();
      await page.keyboard.press('x');
      await page.locator('.legend', { hasText: 'Period before' }).waitFor();
      const asked = page.waitForResponse((response) => response.url().includes('includeBreakdown=false'));
      await page.keyboard.press('x');
      await page.waitForURL('**/app?compare=weekday');
      const { period, usage: before } = (await (await asked).json()) as Record<string, Record<string, string>>;
      await page.locator('.legend', { hasText: 'Same weekdays' }).waitFor();
      expect(dateIn(Date.parse(period?.from ?? '') + 7 * DAY + HOUR)).toBe(dateIn(now - DAY + HOUR));
      const total = Number(before?.totalRequests);
      const shown = Number((await figureOf(page, 'Requests'))?.replace(',', ''));
      const share = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }).format(
        ((shown - total) / total) * 100,
      );
      expect(await page.locator('button.tile').first().innerText()).toContain(`+${share}\u202f%`);
      await page.getByRole('button', { name: 'Table' }).click();
      const rows = await chartTable(page, 'Requests');
      expect(rows.reduce((sum, cells) => sum + Number(cells[3]), 0)).toBe(total);
      await page.keyboard.press('x');
      await page.waitForURL('**/app');
      expect(faults).toEqual([]);
    });

    it('marks where errors rose, and leads to the errors of that time', async () => {
      const { page, faults } = await visit(`/app?timeframe=24h&timezone=${ZONE}`);
      const incident = page.locator('.incidents li');
      await incident.waitFor();
      expect(await incident.innerText()).toMatch(/failed, usually 0\u202f%: 40 of 4\d$/);
      expect(await page.locator('.chart .incident').count()).toBe(1);
      await incident.getByRole('link').click();
      await page.waitForURL(/\/app\/errors\?from=.*&to=/);
      const { searchParams } = new URL(page.url());
      const [from, to] = [searchParams.get('from'), searchParams.get('to')].map((text) => Date.parse(text ?? ''));
      expect([(from ?? 0) <= now - 5 * HOUR, now - 5 * HOUR < (to ?? 0)]).toEqual([true, true]);
      await page.locator('.summary', { hasText: '40 of' }).waitFor();
      expect(faults).toEqual([]);
    });

    it('draws failed requests by who is at fault', async () => {
      const { page, faults } = await visit('/app/errors?timeframe=7d');
      const panel = page.getByRole('region', { name: 'Failed requests over time' });
      await panel.getByRole('button', { name: 'Table' }).click();
      const rows = await chartTable(page, 'Failed requests');
      const sums = [1, 2, 3].map((column) => rows.reduce((sum, cells) => sum + Number(cells[column]), 0));
      const [server, all] = await Promise.all([usage('timeframe=7d&statusCode=5xx'), usage('timeframe=7d')]);
      const { failedRequests, throttledRequests } = all.usage ?? {};
      const fives = Number(server.usage?.totalRequests);
      expect(fives).toBe(40);
      expect(sums).toEqual([fives, Number(failedRequests) - Number(throttledRequests) - fives, throttledRequests]);
      expect(faults).toEqual([]);
    });

    it('opens the page of an endpoint beside its filter', async () => {
      const { page, faults } = await visit('/app?timeframe=7d');
      await page.getByRole('link', { name: 'Open the page of /v1/orders' }).click();
      await page.waitForURL('**/app/endpoint?timeframe=7d&endpoint=%2Fv1%2Forders');
      await page.getByRole('heading', { name: '/v1/orders' }).waitFor();
      const { usage: totals, breakdown, latency } = await usage('timeframe=7d&endpoint=/v1/orders');
      await page.locator(`button.tile[title="${shownCount(totals?.totalRequests)}"]`).waitFor();
      const keys = page.getByRole('region', { name: 'Keys', exact: true }).locator('tbody tr');
      expect(await keys.count()).toBe((breakdown?.byKey as unknown[]).length);
      const p99 = page.locator('.percentiles .tile', { has: page.getByText('p99', { exact: true }) });
      expect(await p99.locator('.figure').innerText()).toBe(
        `${Number((Number(latency?.p99) / 1_000).toFixed(2))}\u202fs`,
      );
      await page.locator('.subject', { hasText: /First seen\w+.*Last seen\d/ }).waitFor();
      await page.getByRole('link', { name: 'All endpoints' }).click();
      await page.waitForURL('**/app?timeframe=7d');
      expect(faults).toEqual([]);
    });

    it('opens the pages of a key and of an error type, and asks which where none is named', async () => {
      const { page, faults } = await visit('/app/error?timeframe=24h');
      await page.getByRole('link', { name: 'Open the page of upstream_down' }).click();
      await page.locator('.summary', { hasText: '40 requests failed with it' }).waitFor();
      expect(await page.getByRole('slider', { name: 'Chart of Failed requests' }).count()).toBe(1);
      await page.getByRole('link', { name: 'Open the page of storefront' }).click();
      await page.waitForURL(`**/app/key?keyId=${keyId}&errorType=upstream_down`);
      await page.getByRole('heading', { name: 'storefront' }).waitFor();
      await page.getByRole('button', { name: 'Remove the filter Error upstream_down' }).click();
      await page.waitForURL(`**/app/key?keyId=${keyId}`);
      await page.getByRole('region', { name: 'Rate limits' }).waitFor();
      expect(await page.locator('.subject').innerText()).toContain(keyId);
      expect(faults).toEqual([]);
    });

    it('draws thousands of buckets with the same cursor, description and table', async () => {
      const { page, faults } = await visit('/app?timeframe=7d&granularity=minute');
      const chart = page.getByRole('slider', { name: 'Chart of Requests' });
      await chart.locator('canvas').waitFor();
      const { timeSeries } = await usage(`timeframe=7d&granularity=minute&timezone=${ZONE}`);
      const buckets = (timeSeries as unknown as unknown[]).length;
      expect(buckets).toBeGreaterThan(10_000);
      expect(await page.locator('.chart > p').innerText()).toContain(`${buckets} buckets; the highest is 4`);
      await chart.focus();
      await page.keyboard.press('Home');
      const first = await chart.getAttribute('aria-valuetext');
      await page.keyboard.press('PageDown');
      expect(await chart.getAttribute('aria-valuenow')).toBe(String(Math.round(buckets / 10)));
      expect(await chart.getAttribute('aria-valuetext')).not.toBe(first);
      await page.keyboard.press('End');
      expect(await chart.getAttribute('aria-valuetext')).toMatch(/, not complete$/);
      const painted = (): Promise<string> => page.evaluate("document.querySelector('.chart canvas').toDataURL()");
      const light = await painted();
      await page.keyboard.press('t');
      await page.keyboard.press('t');
      await until(10_000, async () => expect(await painted()).not.toBe(light));
      await page.getByRole('button', { name: 'Table' }).click();
      expect(await chartTable(page, 'Requests')).toHaveLength(250);
      await page.getByRole('navigation', { name: 'Pages of buckets' }).getByRole('button', { name: 'Next' }).click();
      await page.getByText(`251–500 of ${shownCount(buckets)} buckets`).waitFor();
      expect(faults).toEqual([]);
    });

    it('has percentiles that the legend toggles, on a scale by decades, and sorts endpoints', async () => {
      const { page, faults } = await visit('/app/latency?timeframe=7d');
      await page.getByRole('button', { name: 'Highest' }).focus();
      await page.keyboard.press('Space');
      await page.waitForURL(/lines=p50%2Cp95%2Cp99%2Cpeak/);
      await page.keyboard.press('l');
      await page.waitForURL(/scale=log/);
      const labels = page.locator('.chart svg text.tick');
      await labels.getByText('100\u202fms', { exact: true }).waitFor();
      await labels.getByText('1\u202fs', { exact: true }).waitFor();
      const names = page.locator('.data-table tbody th button');
      const { breakdown } = await usage('timeframe=7d');
      const endpoints = breakdown?.byEndpoint as { endpoint: string; p95: number; requests: number }[];
      const by = (field: 'p95' | 'requests', sign: number): string[] =>
        endpoints.toSorted((a, b) => sign * (a[field] - b[field])).map(({ endpoint }) => endpoint);
      expect(await names.allInnerTexts()).toEqual(by('p95', -1));
      const header = page.getByRole('columnheader', { name: 'Requests' });
      await header.getByRole('button').click();
      await page.waitForURL(/sort=requests&order=desc/);
      await header.getByRole('button').click();
      await page.waitForURL(/sort=requests&order=asc/);
      expect((await names.allInnerTexts())[0]).toBe(by('requests', 1)[0]);
      expect(faults).toEqual([]);
    });

    it('takes a period of hours and minutes in the zone, and says which time does not come', async () => {
      const { page, faults } = await visit(`/app?timezone=${ZONE}`);
      await page.locator('button.tile').first().waitFor();
      await page.keyboard.press('c');
      const [from, to] = ['From', 'To'].map((name) => page.getByRole('group', { name, exact: true }));
      await from?.getByLabel('Day').fill('2026-03-29');
      await from?.getByLabel('Time').fill('02:30');
      await to?.getByLabel('Day').fill('2026-03-29');
      await to?.getByLabel('Time').fill('04:15');
      await page.getByRole('button', { name: 'Show' }).click();
      expect(await page.getByRole('alert').innerText()).toContain('jump over 02:30: choose 03:00 or later');
      await from?.getByLabel('Time').fill('03:30');
      await page.getByRole('button', { name: 'Show' }).click();
      await page.waitForURL(/from=2026-03-29T01%3A30%3A00.000Z&to=2026-03-29T02%3A15%3A00.000Z/);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('heading', { name: 'No requests in this period' }).waitFor();
      expect(faults).toEqual([]);
    });

    it('shows sums of bytes past 2^53 with all their digits', async () => {
      const { secret } = await createKey(service, 'carrier');
      const event = { method: 'GET', endpoint: '/v1/blobs', statusCode: 200, latencyMs: 1, responseBytes: 2 ** 40 };
      await send(secret, [...Array.from({ length: 2 ** 13 }, () => event), { ...event, responseBytes: 1 }]);
      const { page, faults } = await visit('/app?metric=bytes', { as: secret });
      await page.locator('button.tile').first().waitFor();
      expect(await figureOf(page, 'Data transferred')).toBe('9,007,199,254,740,993\u202fB');
      expect(faults).toEqual([]);
    });

    it('asks for nothing but what it shows, and for nothing in a hidden tab', async () => {
      const { page } = await visit('/app', { before: (opened) => opened.clock.install() });
      await page.locator('button.tile').first().waitFor();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      const minutes = async (count: number): Promise<void> => {
        for (let half = 0; half < count * 2; half++) await page.clock.runFor('00:31');
      };
      await minutes(2);
      expect(asked.length).toBeGreaterThan(1);
      expect(new Set(asked)).toEqual(new Set(['/usage']));
      await setVisible(page, false);
      await page.clock.runFor('00:01');
      asked.length = 0;
      await minutes(10);
      expect(asked).toEqual([]);
    });

    it('asks a few things to show its first figures', async () => {
      const asked: string[] = [];
      const { page } = await visit('/app?compare=previous', {
        before: async (opened) => {
          opened.on('request', (request) => asked.push(new URL(request.url()).pathname));
          await Promise.resolve();
        },
      });
      await page.locator('.chart svg').waitFor();
      await page.locator('nav[aria-busy="false"] a').first().waitFor();
      const calls = asked.filter((path) => !path.startsWith('/app'));
      expect(calls.toSorted()).toEqual(['/me', '/usage']);
      expect(asked.length - calls.length).toBeLessThanOrEqual(10);
    });

    describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
      it.each([
        '/app?timeframe=7d&granularity=minute&compare=weekday',
        '/app/endpoint?endpoint=/v1/orders',
        '/app/key',
        '/app/error?errorType=upstream_down',
        '/app/errors?timeframe=7d',
        '/app/latency?scale=log&lines=p50,p95,p99,average,peak',
      ])('has nothing that axe finds at %s', async (path) => {
        const { page, faults } = await visit(path, { colorScheme });
        await page.locator('.chart svg, .bars').first().waitFor();
        await expectAccessible(page);
        expect(faults).toEqual([]);
      });
    });

    it.each([320, 2_560])('fits into %d pixels', async (width) => {
      for (const path of [
        '/app/endpoint?endpoint=/v1/orders&compare=weekday',
        '/app/latency?scale=log',
        '/app/errors',
      ]) {
        const { page } = await visit(path, { width });
        await page.locator('.chart svg').first().waitFor();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        await page.keyboard.press('c');
        await page.getByRole('dialog').waitFor();
        const hidden =
          '(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector("dialog"))';
        expect(await page.evaluate(hidden)).toBe(0);
      }
    });

    it('says that the service is away, and goes on by itself when it is back', async () => {
      const { page } = await visit('/app');
      await page.locator('button.tile').first().waitFor();
      const { port } = new URL(service.url);
      await service.stop();
      await page.keyboard.press('w');
      await page.getByRole('status').filter({ hasText: 'could not be reached' }).waitFor();
      expect(await page.locator('.figures').getAttribute('data-stale')).toBe('true');
      service = await start(port);
      await page.locator('.figures[data-stale="false"]').waitFor();
      const { usage: totals } = await usage('timeframe=7d');
      await page.locator(`button.tile[title="${shownCount(totals?.totalRequests)}"]`).waitFor();
      expect(await page.getByText('could not be reached').count()).toBe(0);
    });
  },
);
