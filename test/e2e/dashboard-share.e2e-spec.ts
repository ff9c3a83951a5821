/** Links and frames of the dashboard for others. Real: the built service and page, HTTP, the engine, Chromium, a portal. */
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Frame, Page } from 'playwright-core';
import { call, createKey } from './support/api';
import { BROWSER_MISSING, type Watched, openBrowser, openPage } from './support/browser';
import { closePages, expectAccessible, expectToFit, openDashboard } from './support/dashboard';
import { type Service, startService } from './support/service';
import { until } from './support/until';

const MINUTE = 60_000;
const SHARER = { permissions: ['usage:read', 'events:write', 'keys:read'] };

(BROWSER_MISSING === undefined ? describe : describe.skip)(
  `in a browser${BROWSER_MISSING ? ` (skipped: ${BROWSER_MISSING})` : ''}`,
  () => {
    let service: Service;
    let browser: Browser;
    let portal: Server;
    /** What the portal's page holds. */
    let html = '';
    let port: number;
    let storefront: { secret: string; id: string };
    let mobile: { secret: string; id: string };

    beforeAll(async () => {
      portal = createServer((_, response) => {
        response
          .setHeader('Content-Type', 'text/html; charset=utf-8')
          .end(`<!doctype html><title>Portal</title>${html}`);
      }).listen(0);
      await once(portal, 'listening');
      port = (portal.address() as AddressInfo).port;
      [service, browser] = await Promise.all([
        startService({ EMBED_ORIGINS: `http://localhost:${port}` }),
        openBrowser(),
      ]);
      storefront = await createKey(service, 'shop', { name: 'storefront', ...SHARER });
      mobile = await createKey(service, 'shop', { name: 'mobile' });
      await send(storefront.secret, 30);
      await send(mobile.secret, 12);
    });
    afterAll(async () => {
      await browser.close();
      await service.stop();
      portal.close();
    });
    afterEach(() => closePages(browser));

    async function send(key: string, requests: number): Promise<void> {
      const event = {
        timestamp: Date.now() - MINUTE,
        method: 'GET',
        endpoint: '/v1/things',
        statusCode: 200,
        latencyMs: 9,
      };
      const sent = await call(service, '/events?wait=true', {
        key,
        body: Array.from({ length: requests }, () => event),
      });
      expect(sent.status).toBe(202);
    }

    async function openShare(path: string, as = storefront.secret, colorScheme?: 'light' | 'dark'): Promise<Watched> {
      const watched = await openDashboard(browser, service.url, path, { as, ...(colorScheme ? { colorScheme } : {}) });
      await watched.page.getByRole('button', { name: 'Share…' }).click();
      await watched.page.getByRole('dialog', { name: 'Share this screen' }).waitFor();
      return watched;
    }

    const make = (page: Page): Promise<void> => page.getByRole('button', { name: 'Make the link' }).click();
    const snippet = (page: Page, title: string): Promise<string> =>
      page.getByRole('region', { name: `${title}, as text` }).innerText();
    const tokenOf = (text: string): string => /#token=(mht_[\w.-]+)/.exec(text)?.[1] ?? '';
    const requests = (page: Page | Frame, figure: number) => page.locator(`button.tile[title="${figure}"]`).first();

    describe('a link', () => {
      it('opens for whoever has it, with the figures of its keys alone', async () => {
        const { page, faults } = await openShare('/app?timeframe=7d&metric=p95');
        await page.getByRole('checkbox', { name: 'mobile' }).check();
        await page.getByLabel('Works for').selectOption('An hour');
        await make(page);
        const link = await snippet(page, 'Link');
        expect(link).toMatch(
          new RegExp(`^${service.url}/app\\?timeframe=7d&timezone=Europe%2FBerlin&metric=p95#token=mht_`),
        );
        const other = await openPage(browser, service.url);
        await other.page.goto(link);
        await requests(other.page, 12).waitFor();
        expect(other.page.url()).toBe(link.replace(/#.*/, ''));
        expect(await other.page.locator('.account').innerText()).toMatch(/shop.*1 key of it/s);
        expect(await other.page.getByRole('button', { name: 'Share…' }).count()).toBe(0);
        expect([...faults, ...other.faults]).toEqual([]);
        const { body: me } = await call(service, '/me', { key: tokenOf(link) });
        expect(me.caller).toMatchObject({ keyIds: [mobile.id], permissions: ['usage:read'] });
        const left = Date.parse((me.caller as { expiresAt: string }).expiresAt) - Date.parse(String(me.timestamp));
        expect(left).toBeGreaterThan(55 * MINUTE);
        expect(left).toBeLessThanOrEqual(60 * MINUTE);
      });

      it('says of other keys that they do not exist', async () => {
        const { page } = await openShare(`/app?keyId=${mobile.id}`);
        expect(await page.getByRole('checkbox', { name: 'mobile' }).isChecked()).toBe(true);
        await make(page);
        const token = tokenOf(await snippet(page, 'Link'));
        const answer = await call(service, `/usage?keyId=${storefront.id}`, { key: token });
        expect(answer.status).toBe(404);
        const other = await openDashboard(browser, service.url, `/app?keyId=${storefront.id}`, { as: token });
        expect(await other.page.getByRole('alert').innerText()).toContain(String(answer.body.message));
      });

      it('ends with the key that made it, and says so at the sign-in', async () => {
        const maker = await createKey(service, 'shop', SHARER);
        const { page } = await openShare('/app', maker.secret);
        await make(page);
        const link = await snippet(page, 'Link');
        const other = await openPage(browser, service.url);
        await other.page.goto(link);
        await requests(other.page, 42).waitFor();
        await call(service, `/keys/${maker.id}`, { key: service.adminKey, method: 'DELETE' });
        await other.page.keyboard.press('w');
        const { body } = await call(service, '/usage', { key: tokenOf(link) });
        await other.page.getByRole('alert').getByText(String(body.message)).waitFor();
        await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
      });

      it('takes an account first where an admin makes it', async () => {
        const { page } = await openShare('/app', service.adminKey);
        await page.getByText('Choose an account first').waitFor();
        expect(await page.getByRole('button', { name: 'Make the link' }).isDisabled()).toBe(true);
        const { page: chosen } = await openShare('/app?account=shop', service.adminKey);
        await make(chosen);
        const link = await snippet(chosen, 'Link');
        expect(link).not.toContain('account');
        const { body } = await call(service, '/me', { key: tokenOf(link) });
        expect(body.caller).toMatchObject({ accountId: 'shop', isAdmin: false, keyIds: null });
      });

      it('says in the dialog why the service makes none', async () => {
        const { page } = await openShare('/app?keyId=key_of_nobody_at_all');
        await make(page);
        const { body } = await call(service, '/tokens', {
          key: storefront.secret,
          body: { keyIds: ['key_of_nobody_at_all'] },
        });
        expect(await page.getByRole('dialog').getByRole('alert').innerText()).toBe(body.message);
      });
    });

    describe('a frame', () => {
      let frame: string;

      beforeAll(async () => {
        const { page } = await openShare('/app?timeframe=7d');
        await page.getByRole('checkbox', { name: 'mobile' }).check();
        await make(page);
        await page.getByRole('group', { name: 'Theme of the frame' }).getByRole('button', { name: 'Dark' }).click();
        frame = await snippet(page, 'Frame for a page of yours');
      });

      /** Opens the portal by one of its names with what it embeds. */
      async function portalAt(host: string, embedded: string) {
        html = embedded;
        const { page, faults } = await openPage(browser, service.url);
        const messages: string[] = [];
        page.on('console', (message) => messages.push(message.text()));
        await page.goto(`http://${host}:${port}/`);
        const own = `asked http://${host}:${port}/`;
        return { page, messages, faults: () => faults.filter((fault) => !fault.startsWith(own)) };
      }

      const framed = (page: Page): Frame => page.frames()[1] ?? page.mainFrame();

      it('shows the figures on a page of the provider, in its theme, and leads nowhere else', async () => {
        const { page, faults } = await portalAt('localhost', frame);
        const inside = framed(page);
        await requests(inside, 12).waitFor();
        expect(inside.url()).toMatch(
          new RegExp(`^${service.url}/embed\\?timeframe=7d&timezone=Europe%2FBerlin&theme=dark$`),
        );
        expect(await inside.locator('html').getAttribute('data-theme')).toBe('dark');
        await inside.getByRole('button', { name: '/v1/things' }).click();
        await inside.getByRole('button', { name: 'Remove the filter Endpoint /v1/things' }).waitFor();
        const links = await inside.evaluate<string[]>(
          "[...document.querySelectorAll('a, form, [target]')].map((one) => `${one.getAttribute('href')} ${one.target}`)",
        );
        expect(links.length).toBeGreaterThan(0);
        expect(links.filter((link) => !/^\/embed\/\S* $/.test(link))).toEqual([]);
        for (const name of ['Sign out', 'Share…', 'Menu']) {
          expect(await inside.getByRole('button', { name }).count()).toBe(0);
        }
        expect(await inside.getByRole('navigation').count()).toBe(0);
        expect(page.url()).toBe(`http://localhost:${port}/`);
        expect(await page.evaluate('Object.keys(sessionStorage).length')).toBe(0);
        await expectAccessible(inside);
        expect(faults()).toEqual([]);
      });

      it('comes back with back and forward of the page around it', async () => {
        const { page } = await portalAt('localhost', frame);
        await requests(framed(page), 12).waitFor();
        await framed(page).getByRole('link', { name: 'Open the page of /v1/things' }).click();
        await framed(page).getByRole('heading', { name: '/v1/things' }).waitFor();
        await page.evaluate('history.back()');
        await framed(page).getByRole('heading', { name: 'Overview' }).waitFor();
        await requests(framed(page), 12).waitFor();
      });

      it.each([
        ['a page of another origin', '127.0.0.1', (text: string) => text],
        [
          'the provider’s page, of what is not for frames',
          'localhost',
          (text: string) => text.replace('/embed', '/app'),
        ],
      ])('is refused on %s', async (_, host, change) => {
        const { page, messages } = await portalAt(host, change(frame));
        await until(10_000, async () => {
          expect(framed(page).url()).toBe('chrome-error://chromewebdata/');
          expect(messages.join()).toContain('frame-ancestors');
          await Promise.resolve();
        });
      });

      it('says when it has ended, and takes no key', async () => {
        const ended = await portalAt('localhost', frame.replace(/#token=[\w.-]+/, '#token=mht_wrong'));
        const { body } = await call(service, '/usage', { key: 'mht_wrong' });
        await framed(ended.page).getByRole('heading', { name: 'This view has ended' }).waitFor();
        expect(await framed(ended.page).getByRole('alert').innerText()).toBe(body.message);
        await expectAccessible(framed(ended.page));
        const key = await portalAt('localhost', frame.replace(/#token=[\w.-]+/, `#key=${mobile.secret}`));
        await framed(key.page).getByRole('heading', { name: 'This view has ended' }).waitFor();
      });
    });

    describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
      it('has nothing that axe finds in the dialog and in what it makes', async () => {
        const { page, faults } = await openShare('/app', storefront.secret, colorScheme);
        await expectAccessible(page);
        await make(page);
        await page.getByRole('region', { name: 'Link, as text' }).waitFor();
        await expectAccessible(page);
        expect(faults).toEqual([]);
      });
    });

    it('fits into 320 pixels, the dialog and the frame', async () => {
      const { page } = await openDashboard(browser, service.url, '/app', { as: storefront.secret, width: 320 });
      await page.getByRole('button', { name: 'Share…' }).click();
      await make(page);
      const link = await snippet(page, 'Link');
      await expectToFit(page);
      const overflow =
        '(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector("dialog"))';
      expect(await page.evaluate(overflow)).toBe(0);
      const narrow = await openPage(browser, service.url, { width: 320 });
      await narrow.page.goto(link.replace('/app', '/embed'));
      await requests(narrow.page, 42).waitFor();
      await expectToFit(narrow.page);
    });
  },
);
