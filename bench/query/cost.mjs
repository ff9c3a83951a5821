/** GET /usage/cost against GET /usage of the same window, in turn, after an event of the account each time. */
import { percentile, progress } from '../lib.mjs';

const RUNS = 25;
const TIMEFRAMES = ['24h', '7d', '30d', '90d'];

/** Prices as plans have them: by endpoint and status, with tiers, and free statuses. */
const PLAN = {
  name: 'bench',
  currency: 'USD',
  flatFee: '49',
  prices: [
    {
      id: 'read',
      name: 'Reads',
      match: { method: ['GET'], statusCode: ['2xx'] },
      model: 'graduated',
      tiers: [
        { upTo: 10_000, unitAmount: '0' },
        { upTo: 100_000, unitAmount: '0.0015' },
        { upTo: null, unitAmount: '0.0009' },
      ],
    },
    {
      id: 'traffic',
      name: 'Uploads',
      match: { endpoint: ['/v1/uploads*'] },
      unit: 'megabytes',
      tiers: [{ unitAmount: '0.05' }],
    },
    { id: 'rest', name: 'All others', tiers: [{ unitAmount: '0.002' }] },
  ],
  freeStatuses: ['5xx', '429'],
};

/** @param write makes an event of an account show */
export async function measureCost(report, { url, adminKey }, client, accounts, write) {
  const response = await fetch(`${url}/plans`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(PLAN),
  });
  const { plan } = await response.json();
  process.stdout.write(`\nGET /usage/cost against GET /usage by day (p50 in ms, ${RUNS} runs of each in turn, live)\n`);
  for (const account of accounts) {
    for (const timeframe of TIMEFRAMES) {
      progress(`Asking what ${account} costs over ${timeframe} …`);
      const window = `accountId=${account}&timeframe=${timeframe}&granularity=day`;
      const times = { usage: [], cost: [] };
      for (let run = 0; run <= RUNS; run++) {
        await write(account);
        const asked = [
          [times.usage, `/usage?${window}`],
          [times.cost, `/usage/cost?${window}&planId=${plan.id}`],
        ];
        // Another one is first each time, and the first run fills caches.
        for (const [list, path] of run % 2 === 0 ? asked : asked.reverse()) {
          const began = performance.now();
          await client.get(path);
          if (run > 0) list.push(performance.now() - began);
        }
      }
      const [usage, cost] = [percentile(times.usage, 0.5), percentile(times.cost, 0.5)];
      report.add(`${account} over ${timeframe}, by day, GET /usage, p50`, usage, 'ms');
      report.add(
        `${account} over ${timeframe}, GET /usage/cost, p50`,
        cost,
        'ms',
        `${account} over ${timeframe}, by day, GET /usage, p50`,
      );
      process.stdout.write(
        `${`${account}, ${timeframe}`.padEnd(24)}${cost.toFixed(1).padStart(8)} ${usage.toFixed(1).padStart(8)}   × ${(cost / usage).toFixed(2)}\n`,
      );
    }
  }
}
