/** What specs of the dashboard share. */
import axe from 'axe-core';
import type { Browser, Frame, Page } from 'playwright-core';
import { type Watched, openPage } from './browser';

/** How a page of the dashboard is opened. */
export interface Visit {
  /** The key or token that the link signs in with. */
  as: string;
  colorScheme?: 'light' | 'dark';
  width?: number;
  /** Run on the tab before it opens the address. */
  before?: (page: Page) => unknown;
}

/** Opens a page in a tab of its own by a link that signs in. `closePages` closes it. @param url of the service */
export async function openDashboard(
  browser: Browser,
  url: string,
  path: string,
  { as, before, ...options }: Visit,
): Promise<Watched> {
  const watched = await openPage(browser, url, options);
  await before?.(watched.page);
  await watched.page.goto(`${url}${path}#key=${as}`);
  return watched;
}

/** Closes all tabs, so that none asks for anything while the next test runs. */
export async function closePages(browser: Browser): Promise<void> {
  for (const context of browser.contexts()) await context.close();
}

/**
 * Expects that axe finds nothing, once no older figures are left, which are dimmed until the new ones are there. It leaves
 * out the four hundred names of time zones, which only take time.
 */
export async function expectAccessible(page: Page | Frame): Promise<void> {
  await page.locator('[data-stale="true"]').first().waitFor({ state: 'detached' });
  await page.evaluate(axe.source);
  const found = await page.evaluate<axe.AxeResults>("axe.run({ exclude: [['.zone option']] })");
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** Expects that nothing stands out of the window at its side. */
export async function expectToFit(page: Page): Promise<void> {
  const widths = await page.evaluate<number[]>('[document.documentElement.scrollWidth, window.innerWidth]');
  expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
}

/** Lets a page believe that its tab is seen, or is not. */
export async function setVisible(page: Page, visible: boolean): Promise<void> {
  const value = visible ? 'visible' : 'hidden';
  await page.evaluate(
    `Object.defineProperty(document, 'visibilityState', { value: '${value}', configurable: true });` +
      "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))",
  );
}

/** A whole number as the pages of the tests show it, all digits. */
export const shownCount = (value: unknown): string => new Intl.NumberFormat('en-GB').format(Number(value));

/** A tile's figure with all its digits. */
export function figureOf(page: Page, label: string): Promise<string | null> {
  return page.locator('button.tile', { has: page.getByText(label, { exact: true }) }).getAttribute('title');
}

/** The cells of the table that a chart is shown as: a row for each bucket. */
export async function chartTable(page: Page, label: string): Promise<string[][]> {
  const rows = page.getByRole('region', { name: `${label} as a table` }).locator('tbody tr');
  await rows.first().waitFor();
  return Promise.all((await rows.all()).map((row) => row.locator('th, td').allInnerTexts()));
}
