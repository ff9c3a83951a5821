/** What specs of the dashboard share. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Without the four hundred names of time zones, which only take time. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<axe.AxeResults>("axe.run({ exclude: [['.zone option']] })");
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
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
