/** `GET /admin/capacity` over HTTP. Real: guards, the embedded engine, its disk and memory. Not real: the clock, the socket. */
import { DAY, HOUR, floorTo, iso } from '@meterhouse/common';
import { ResourceSampler } from '../../apps/api/src/resources/resource-sampler';
import { ResourcesModule } from '../../apps/api/src/resources/resources.module';
import { SamplesRepository, type Use } from '../../apps/api/src/resources/samples.repository';
import { ADMIN, useKeysApi } from '../support/keys-api';

const api = useKeysApi(ResourcesModule);
/** By the engine's clock, which drops old samples. */
const TODAY = floorTo('day', Date.now());
const NOW = TODAY + 12 * HOUR;
const GIB = 2 ** 30;

interface Shown {
  resource: string;
  instance: string | null;
}

beforeEach(async () => {
  api.clock.at = NOW;
  await api.clickhouse.command('TRUNCATE TABLE resource_samples');
});

const ask = async () => (await api.call(ADMIN, 'GET', '/admin/capacity')).body;

const shown = async (resource: string, instance: string | null = null) =>
  (await ask()).resources.find((of: Shown) => of.resource === resource && of.instance === instance);

/** Samples of a log at eight and twenty hours of each of some days, the last yesterday, and one of today. */
async function sampled(days: number, usedAt: (ago: number) => number, capacity = 100 * GIB): Promise<void> {
  const repository = api.app.get(SamplesRepository);
  const use = (used: number): Use[] => [{ resource: 'log', instance: 'other', used: Math.round(used), capacity }];
  for (let ago = days; ago > 0; ago--) {
    await repository.insert(use(usedAt(ago) * 0.9), TODAY - ago * DAY + 8 * HOUR);
    await repository.insert(use(usedAt(ago)), TODAY - ago * DAY + 20 * HOUR);
  }
  await repository.insert(use(usedAt(0)), NOW - HOUR);
}

it('has what the engine takes up now of its disk and its memory', async () => {
  const { resources } = await ask();
  expect(resources.map(({ resource }: Shown) => resource).sort()).toEqual(['disk', 'memory']);
  for (const { used, limit, utilization, peak, peakAt } of resources) {
    expect(used).toBeGreaterThan(0);
    expect(limit).toBeGreaterThan(used);
    expect(utilization).toBeCloseTo((used / limit) * 100, 1);
    expect({ peak, peakAt }).toEqual({ peak: used, peakAt: iso(NOW) });
  }
  expect((await shown('memory')).limit).toBe(api.settings.storage.memoryLimit);
});

it('records what it takes up', async () => {
  await api.app.get(ResourceSampler).sample();
  const found = await api.app.get(SamplesRepository).since(NOW - DAY);
  expect(found).toMatchObject([
    { last: { resource: 'disk', instance: '', at: NOW }, days: [{ day: TODAY, peakAt: NOW }] },
    { last: { resource: 'memory', instance: '', at: NOW }, days: [{ day: TODAY, peakAt: NOW }] },
  ]);
});

it('says when a resource that grows is full, and by how much it grows', async () => {
  await sampled(40, (ago) => (60 - ago) * GIB);
  expect(await shown('log', 'other')).toMatchObject({
    used: 60 * GIB,
    limit: 100 * GIB,
    utilization: 60,
    peak: 60 * GIB,
    peakAt: iso(NOW - HOUR),
    growthPerDay: GIB,
    // Today's peak is expected at 60 GiB, and 40 days on at 100.
    exhausts: { expected: iso(TODAY + 40 * DAY), earliest: iso(TODAY + 40 * DAY), latest: iso(TODAY + 40 * DAY) },
    daysOfHistory: 40,
    notice: null,
  });
});

it('gives an early and a late day where growth is uneven', async () => {
  await sampled(40, (ago) => (60 - ago + 3 * Math.sin(ago * 2.1)) * GIB, 75 * GIB);
  const { exhausts } = await shown('log', 'other');
  const [early, expected, late] = [exhausts.earliest, exhausts.expected, exhausts.latest].map((day) => Date.parse(day));
  expect(early).toBeLessThan(expected ?? 0);
  expect(late).toBeGreaterThan(expected ?? 0);
});

it('says nothing of the time to come where there are too few days, or a gap', async () => {
  await sampled(6, () => GIB);
  expect(await shown('log', 'other')).toMatchObject({
    growthPerDay: null,
    exhausts: null,
    daysOfHistory: 6,
    notice: 'Growth is told from 14 complete days of samples in a row on; there are 6.',
  });
  const repository = api.app.get(SamplesRepository);
  for (let ago = 8; ago < 30; ago++) {
    await repository.insert([{ resource: 'log', instance: 'other', used: GIB, capacity: GIB }], TODAY - ago * DAY);
  }
  expect((await shown('log', 'other')).daysOfHistory).toBe(6);
});

it('sees no end where nothing grows', async () => {
  await sampled(20, () => 50 * GIB);
  expect(await shown('log', 'other')).toMatchObject({ growthPerDay: 0, exhausts: null, notice: null });
});

it('says today where it is full, in front of all else', async () => {
  await sampled(20, () => 50 * GIB, 50 * GIB);
  const today = { expected: iso(TODAY), earliest: iso(TODAY), latest: iso(TODAY) };
  const { resources } = await ask();
  expect(resources[0]).toMatchObject({ resource: 'log', utilization: 100, exhausts: today });
});

it('leaves out an instance that has not been seen for a day', async () => {
  await api.app
    .get(SamplesRepository)
    .insert([{ resource: 'log', instance: 'gone', used: 1, capacity: 2 }], NOW - DAY - HOUR);
  expect(await shown('log', 'gone')).toBeUndefined();
});

it('is for admins', async () => {
  const { secret } = await api.make({ permissions: ['usage:read'] });
  expect((await api.call(secret, 'GET', '/admin/capacity')).body.error).toBe('FORBIDDEN');
});
