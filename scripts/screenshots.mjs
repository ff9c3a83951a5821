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

const VIEWPORT = { width: 1280, height: 800 };

await runMain(async () => {
  await prepare();
  await withDemoService(async ({ url, key }) => {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    });
    try {
      const page = await browser.newPage({ viewport: VIEWPORT });
      await page.goto(new URL(`/app?timeframe=7d&compare=previous#key=${key}`, url).href);
      await page.locator('.chart svg').waitFor();
      await page.screenshot({ path: join(root, 'docs/images/dashboard.png') });
      await page.goto(new URL('/docs', url).href);
      await page.getByRole('button', { name: 'Authorize' }).first().waitFor();
      await page.screenshot({ path: join(root, 'docs/images/swagger.png') });
    } finally {
      await browser.close();
    }
  });
});
