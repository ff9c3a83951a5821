#!/usr/bin/env node
/**
 * `npm run docs:screenshots`: takes the pictures of the documents from a service with demo data, in Chromium
 * (`CHROMIUM`, default /usr/bin/chromium). Run it after a change of what people see, and commit the pictures.
 */
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { prepare } from './lib/prepare.mjs';
import { root, runMain } from './lib/project.mjs';
import { withDemoService } from './lib/demo-service.mjs';

const READER = { locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' };
const VIEWPORT = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const LIVE_SECONDS = 110;

/**
 * Each picture of `docs/images` with the path of its screen and what shows that it is complete. `admin`: opened with the
 * admin key; `before` is done to the service, `act` on the page.
 */
const SCREENS = [
  { name: 'dashboard', path: '/app?timeframe=7d&compare=previous', shows: '.chart svg' },
  { name: 'dashboard-dark', path: '/app?timeframe=7d&compare=previous', shows: '.chart svg', colorScheme: 'dark' },
  { name: 'dashboard-phone', path: '/app?timeframe=7d', shows: '.chart svg', viewport: PHONE },
  { name: 'dashboard-latency', path: '/app/latency?timeframe=7d&scale=log', shows: '.chart svg' },
  { name: 'dashboard-errors', path: '/app/errors?timeframe=30d', shows: '.chart svg', admin: true },
  { name: 'dashboard-endpoint', path: '/app/endpoint?timeframe=7d&endpoint=/v1/orders', shows: '.percentiles' },
  { name: 'dashboard-alerts', path: '/app/alerts/rules', shows: '.data-table' },
  { name: 'dashboard-cost', path: '/app/cost', shows: '.chart svg', before: assignPlan },
  { name: 'dashboard-capacity', path: '/app/capacity', shows: '.chart svg' },
  { name: 'dashboard-plans', path: '/app/plans', shows: '.data-table', admin: true },
  { name: 'dashboard-advice', path: '/app/advice?timeframe=30d', shows: '.advice-card' },
  { name: 'dashboard-keys', path: '/app/keys', shows: '.data-table' },
  { name: 'dashboard-sql', path: '/app/sql', shows: '.chart svg', act: runStatement },
  { name: 'dashboard-accounts', path: '/app/accounts', shows: '.data-table .badge', admin: true },
  { name: 'dashboard-settings', path: '/app/settings', shows: '.facts' },
  { name: 'dashboard-share', path: '/app?timeframe=7d', shows: 'dialog', act: openShare },
  { name: 'swagger', path: '/docs', shows: 'button.authorize' },
  // The last: its requests would stand out of the charts of the others.
  { name: 'dashboard-live', path: '/app/live', shows: '.second', before: sendLive },
];

await runMain(async () => {
  await prepare();
  await withDemoService(async (service) => {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    });
    try {
      for (const screen of SCREENS) await take(browser, service, screen);
    } finally {
      await browser.close();
    }
  });
});

async function take(browser, service, { name, path, shows, admin, before, act, colorScheme, viewport }) {
  await before?.(service);
  const context = await browser.newContext({ ...READER, viewport: viewport ?? VIEWPORT, colorScheme });
  try {
    const page = await context.newPage();
    await page.goto(new URL(`${path}#key=${admin ? service.adminKey : service.key}`, service.url).href);
    await act?.(page);
    await page.locator(shows).first().waitFor();
    // What the first screen does not wait for, such as the names in the navigation.
    await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
    await page.screenshot({ path: join(root, `docs/images/${name}.png`) });
  } finally {
    await context.close();
  }
}

async function runStatement(page) {
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByRole('button', { name: 'Chart' }).click();
}

async function openShare(page) {
  await page.getByRole('button', { name: 'Share…' }).click();
}

/** Requests of the last seconds, for the screen of the running minute. */
async function sendLive({ url, key }) {
  const now = Date.now();
  const events = Array.from({ length: LIVE_SECONDS }, (_, second) => {
    const requests = Math.round(6 + 4 * Math.sin(second / 9) + 2 * Math.sin(second * 2.3));
    return Array.from({ length: requests }, (__, index) => ({
      timestamp: now - second * 1_000,
      method: index % 3 === 0 ? 'POST' : 'GET',
      endpoint: ['/v1/products', '/v1/orders', '/v1/search', '/v1/carts/{id}'][index % 4],
      statusCode: (second * 7 + index) % 41 === 0 ? 503 : 200,
      latencyMs: 20 + ((second * 13 + index * 29) % 90),
    }));
  }).flat();
  await send(url, 'POST', '/events?wait=true', key, events);
}

/** A plan for the demo's largest account. */
async function assignPlan({ url, adminKey }) {
  const tiers = [{ upTo: 100_000, unitAmount: '0.0015' }, { unitAmount: '0.0009' }];
  const prices = [{ id: 'requests', name: 'Requests', model: 'graduated', includedUnits: 10_000, tiers }];
  const body = { name: 'Growth', currency: 'USD', flatFee: '49', prices, freeStatuses: ['5xx', '429'] };
  const { plan } = await send(url, 'POST', '/plans', adminKey, body);
  const from = new Date(Date.now() - 90 * 86_400_000);
  await send(url, 'PUT', '/accounts/northgate-market/plan', adminKey, { planId: plan.id, from });
}

/** @throws Error where the service refuses it */
async function send(url, method, path, key, body) {
  const answer = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}
