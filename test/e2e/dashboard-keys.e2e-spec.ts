/** Keys in the dashboard. Real: the built service and page, HTTP, the engine, Chromium and its clipboard. */
import type { Browser, Locator, Page } from 'playwright-core';
import { call, createKey } from './support/api';
import { BROWSER_MISSING, type Watched, openBrowser } from './support/browser';
import { type Visit, closePages, expectAccessible, openDashboard } from './support/dashboard';
import { type Service, startService } from './support/service';

/** What every key that is made here has, and what it takes to manage them. */
const MANAGER = { name: 'manager', permissions: ['usage:read', 'events:write', 'keys:read', 'keys:write'] };

(BROWSER_MISSING === undefined ? describe : describe.skip)(
  `in a browser${BROWSER_MISSING ? ` (skipped: ${BROWSER_MISSING})` : ''}`,
  () => {
    let service: Service;
    let browser: Browser;

    beforeAll(async () => {
      [service, browser] = await Promise.all([startService(), openBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      await service.stop();
    });
    afterEach(() => closePages(browser));

    /** Also with the clipboard. */
    const visit = (path: string, options: Visit): Promise<Watched> =>
      openDashboard(browser, service.url, path, {
        ...options,
        before: (page) => page.context().grantPermissions(['clipboard-read', 'clipboard-write']),
      });

    const statusOf = async (key: string): Promise<number> => (await call(service, '/me', { key })).status;
    const row = (page: Page, name: string): Locator =>
      page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
    const names = (page: Page): Promise<string[]> => page.locator('.data-table .row-link').allInnerTexts();

    /** Copies the secret that a dialog shows, and closes the dialog. */
    async function takeSecret(page: Page): Promise<string> {
      const dialog = page.getByRole('dialog', { name: 'The secret of' });
      await dialog.getByRole('button', { name: 'Copy the secret' }).click();
      await dialog.getByText('Copied').waitFor();
      const secret = await page.evaluate<string>('navigator.clipboard.readText()');
      expect(await dialog.locator('code').innerText()).toBe(secret);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await page.content()).not.toContain(secret);
      return secret;
    }

    it('makes a key, and does not lose its secret by Escape', async () => {
      const { secret: manager } = await createKey(service, 'makers', MANAGER);
      const { page, faults } = await visit('/app/keys', { as: manager });
      await page.getByRole('button', { name: 'New key' }).click();
      await page.getByRole('dialog', { name: 'New key' }).waitFor();
      // The dialog begins at its first field.
      await page.keyboard.type('mobile app');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'The secret of “mobile app”' });
      await dialog.waitFor();
      for (const key of ['Escape', 'Escape', 'Escape']) await page.keyboard.press(key);
      await dialog.getByRole('alert').getByText('You have not copied it').waitFor();
      await dialog.getByRole('button', { name: 'Go back' }).click();
      expect(await statusOf(await takeSecret(page))).toBe(200);
      await row(page, 'mobile app').getByText('active').waitFor();
      expect(faults).toEqual([]);
    });

    it('says beside its field what the service refuses, and sends it once mended', async () => {
      const { secret: manager } = await createKey(service, 'menders', MANAGER);
      const { page } = await visit('/app/keys', { as: manager });
      await page.getByRole('button', { name: 'New key' }).click();
      await page.getByLabel('Name', { exact: true }).fill('short-lived');
      const ends = page.getByLabel('Ends');
      await ends.fill('2020-01-31T10:00');
      await page.getByLabel('Metadata').fill('[1]');
      await page.getByRole('button', { name: 'Make the key' }).click();
      expect(await page.getByRole('alert').innerText()).toContain('no JSON object');
      await page.getByLabel('Metadata').fill('{"team": "payments"}');
      await page.getByRole('button', { name: 'Make the key' }).click();
      await page.locator('[aria-invalid="true"]').waitFor();
      expect(await ends.getAttribute('aria-invalid')).toBe('true');
      await ends.fill('2099-01-31T10:00');
      await page.getByRole('button', { name: 'Make the key' }).click();
      await takeSecret(page);
      const { body } = await call(service, '/keys?search=short-lived', { key: manager });
      expect(body.keys).toMatchObject([{ expiresAt: '2099-01-31T09:00:00.000Z', metadata: { team: 'payments' } }]);
    });

    it('changes a key, and sends only what was changed', async () => {
      const { secret: manager } = await createKey(service, 'changers', MANAGER);
      const { id } = await createKey(service, 'changers', { name: 'old name', description: 'as it was' });
      const { page, faults } = await visit('/app/keys', { as: manager });
      await page.getByRole('button', { name: 'Edit old name' }).click();
      const sent = page.waitForRequest((request) => request.method() === 'PATCH');
      await page.getByLabel('Name', { exact: true }).fill('new name');
      await page.getByRole('button', { name: 'Save' }).click();
      expect((await sent).postDataJSON()).toEqual({ name: 'new name' });
      await row(page, 'new name').waitFor();
      const { body } = await call(service, `/keys/${id}`, { key: manager });
      expect(body.key).toMatchObject({ name: 'new name', description: 'as it was' });
      expect(faults).toEqual([]);
    });

    it('rotates a key, at once or with a time in which both secrets work', async () => {
      const { secret: manager } = await createKey(service, 'rotators', MANAGER);
      const { secret: first } = await createKey(service, 'rotators', { name: 'gateway' });
      const { page } = await visit('/app/keys', { as: manager });
      const rotate = async (ends: string): Promise<string> => {
        await page.getByRole('button', { name: 'Rotate gateway' }).click();
        await page.getByLabel('The present secret ends').selectOption(ends);
        await page.getByRole('button', { name: 'Make a new secret' }).click();
        return takeSecret(page);
      };
      const second = await rotate('in an hour');
      expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);
      const third = await rotate('at once');
      expect([await statusOf(second), await statusOf(third)]).toEqual([401, 200]);
    });

    it('revokes a key once its name was typed', async () => {
      const { secret: manager } = await createKey(service, 'revokers', MANAGER);
      const { secret } = await createKey(service, 'revokers', { name: 'leaked' });
      const { page, faults } = await visit('/app/keys', { as: manager });
      await page.getByRole('button', { name: 'Revoke leaked' }).click();
      const dialog = page.getByRole('dialog', { name: 'Revoke “leaked”' });
      const typed = dialog.getByLabel('Type “leaked” to confirm');
      await typed.fill('leake');
      await page.keyboard.press('Enter');
      expect(await dialog.getByRole('button', { name: 'Revoke the key' }).isDisabled()).toBe(true);
      expect(await statusOf(secret)).toBe(200);
      await typed.fill('leaked');
      await page.keyboard.press('Enter');
      await page.getByText('The key “leaked” was revoked.').waitFor();
      await row(page, 'leaked').getByText('revoked', { exact: true }).waitFor();
      expect(await row(page, 'leaked').getByRole('button').count()).toBe(0);
      expect(await statusOf(secret)).toBe(401);
      expect(faults).toEqual([]);
    });

    it('says in the dialog why the service does not revoke a key that may do more than the caller', async () => {
      const { secret: manager } = await createKey(service, 'weak', {
        ...MANAGER,
        permissions: ['keys:read', 'keys:write'],
      });
      const { secret } = await createKey(service, 'weak', { name: 'stronger' });
      const { page } = await visit('/app/keys', { as: manager });
      await page.getByRole('button', { name: 'Revoke stronger' }).click();
      await page.getByLabel('Type “stronger” to confirm').fill('stronger');
      await page.keyboard.press('Enter');
      expect(await page.getByRole('dialog').getByRole('alert').innerText()).toContain(
        'permissions that yours does not have',
      );
      expect(await statusOf(secret)).toBe(200);
    });

    it('searches, filters, sorts and pages, and all of it is in the address', async () => {
      const { secret: manager } = await createKey(service, 'lists', MANAGER);
      const made = await Promise.all(
        Array.from({ length: 26 }, (_, index) => createKey(service, 'lists', { name: `key ${100 + index}` })),
      );
      await call(service, `/keys/${made[3]?.id}`, { key: manager, method: 'DELETE' });
      const { page, faults } = await visit('/app/keys?sort=name&order=desc', { as: manager });
      const isCurrent = page.locator('.data-table[data-stale="false"]');
      await page.getByText('1–25 of 27 keys').waitFor();
      expect((await names(page)).slice(0, 3)).toEqual(['manager', 'key 125', 'key 124']);
      await page.getByRole('button', { name: 'Next' }).click();
      await page.waitForURL('**/app/keys?sort=name&order=desc&offset=25');
      await isCurrent.getByRole('link', { name: 'key 100' }).waitFor();
      expect(await names(page)).toEqual(['key 101', 'key 100']);
      await page.goBack();
      await page.getByRole('button', { name: 'Revoked 1' }).click();
      await page.waitForURL('**/app/keys?sort=name&order=desc&status=revoked');
      await page.getByText('1 key', { exact: true }).waitFor();
      expect(await names(page)).toEqual(['key 103']);
      await page.getByRole('button', { name: 'All 27' }).click();
      await page.getByLabel('Search keys').fill('KEY 12');
      await page.getByText('6 keys', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Key', exact: false }).and(page.locator('th button')).click();
      await page.waitForURL(/search=KEY\+12.*order=asc|order=asc.*search=KEY\+12/);
      await page.locator('.data-table[data-stale="false"] th[aria-sort="ascending"]').waitFor();
      expect((await names(page))[0]).toBe('key 120');
      await page.getByRole('link', { name: 'key 120' }).click();
      await page.waitForURL(/\/app\?keyId=key_/);
      expect(faults).toEqual([]);
    });

    it('lets an admin make the first key of an account, and others only look', async () => {
      const { page } = await visit('/app/keys?account=founders', { as: service.adminKey });
      await page.getByRole('button', { name: 'New key' }).click();
      await page.getByLabel('Name', { exact: true }).fill('first');
      expect(await page.getByLabel('Account', { exact: true }).inputValue()).toBe('founders');
      await page.keyboard.press('Enter');
      const secret = await takeSecret(page);
      expect((await call(service, '/me', { key: secret })).body.caller).toMatchObject({ accountId: 'founders' });
      const reader = await createKey(service, 'founders', { name: 'reader', permissions: ['keys:read'] });
      const { page: other } = await visit('/app/keys', { as: reader.secret });
      await row(other, 'first').waitFor();
      expect(await other.getByRole('button', { name: /New key|Edit|Rotate|Revoke / }).count()).toBe(0);
    });

    it('fits into 320 pixels', async () => {
      const { secret: manager } = await createKey(service, 'narrow', MANAGER);
      const { page } = await visit('/app/keys', { as: manager, width: 320 });
      await row(page, 'manager').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    });

    it.each(['light', 'dark'] as const)('has nothing that axe finds in the %s theme', async (colorScheme) => {
      const { secret: manager } = await createKey(service, colorScheme, MANAGER);
      await createKey(service, colorScheme, { name: 'gateway' });
      const { page, faults } = await visit('/app/keys', { as: manager, colorScheme });
      await row(page, 'gateway').waitFor();
      await expectAccessible(page);
      for (const button of ['New key', 'Edit gateway', 'Revoke gateway']) {
        await page.getByRole('button', { name: button }).click();
        await page.getByRole('dialog').waitFor();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      await page.getByRole('button', { name: 'Rotate gateway' }).click();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Make a new secret' }).click();
      await page.getByRole('dialog', { name: 'The secret of' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('alert').waitFor();
      await expectAccessible(page);
      expect(faults).toEqual([]);
    });
  },
);
