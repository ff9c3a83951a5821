/** The commands of plans and cost against a service that gives prepared answers. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../program';
import { FakeService } from '../testing/fake-service';
import { differences, readPlanFile } from './plan-file';

const STORED = {
  id: 'pln_1',
  version: 1,
  name: 'Starter',
  currency: 'USD',
  timezone: 'UTC',
  anchorDay: 1,
  effectiveFrom: '2026-11-01T00:00:00.000Z',
  flatFee: '49',
  prices: [
    {
      id: 'price-1',
      name: 'Requests',
      match: { endpoint: [], method: [], statusCode: [] },
      unit: 'requests',
      weight: 1,
      model: 'unit',
      includedUnits: 0,
      packageSize: null,
      tiers: [{ upTo: null, unitAmount: '0.0008', flatAmount: '0' }],
    },
  ],
  freeStatuses: [],
  discountPercent: 0,
  minimum: null,
  maximum: null,
};

const STARTER = `
plans:
  - name: Starter
    currency: USD
    flatFee: '49'
    prices:
      - name: Requests
        tiers:
          - unitAmount: '0.0008'
`;

let folder: string;
let service: FakeService;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meterhouse-plans-'));
  service = await FakeService.start(({ method, path }) => {
    if (method !== 'GET') return { status: 200, body: { plan: { ...STORED, version: 2 } } };
    if (path.startsWith('/usage/cost'))
      return { status: 200, headers: { 'content-type': 'text/csv' }, body: 'section,id\r\ntotal,\r\n' };
    return { status: 200, body: { plans: [STORED], pagination: { hasMore: false } } };
  });
});

afterEach(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const terminal = { env: {}, out: (text: string) => void (out += text), err: (text: string) => void (err += text) };
  const code = await runCli(['--url', service.url, '--key', 'admin', ...args], terminal);
  return { code, out, err };
}

async function file(text: string): Promise<string> {
  const path = join(folder, 'plans.yaml');
  await writeFile(path, text);
  return path;
}

const changing = () =>
  service.asked.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

it('changes nothing where the file says what is there', async () => {
  expect(await run('plans', 'apply', await file(STARTER), '--yes')).toEqual({
    code: 0,
    out: 'Starter: unchanged\n',
    err: '',
  });
  expect(changing()).toEqual([]);
});

it('shows the difference, and makes a version with --yes alone', async () => {
  const path = await file(STARTER.replace("'49'", "'59'").replace('0.0008', '0.0009'));
  const difference =
    'Starter: version 2\n  - flatFee: "49"\n  + flatFee: "59"\n' +
    '  - prices.0.tiers.0.unitAmount: "0.0008"\n  + prices.0.tiers.0.unitAmount: "0.0009"\n';
  const shown = await run('plans', 'apply', path);
  expect(shown).toEqual({ code: 0, out: difference, err: 'Nothing was changed: add --yes to apply this.\n' });
  expect(changing()).toEqual([]);
  const done = await run('plans', 'apply', path, '--yes');
  expect(done.out).toBe(`${difference}Starter: pln_1, version 2 from 2026-11-01T00:00:00.000Z on.\n`);
  expect(changing()).toEqual(['PUT /plans/pln_1']);
});

it('makes a plan that is not there', async () => {
  const { out } = await run('plans', 'apply', await file(STARTER.replace('name: Starter', 'name: Growth')), '--yes');
  expect(out).toMatch(/^Growth: new\n {2}\+ name: "Growth"\n/);
  expect(out).not.toContain('timezone');
  expect(changing()).toEqual(['POST /plans']);
  expect(JSON.parse(service.asked.at(-1)?.body ?? '')).toMatchObject({ name: 'Growth', flatFee: '49' });
});

it.each([
  ['no: plans', /should hold "plans:"/],
  ['plans: [{currency: USD}]', /plans\[0\] has no name/],
  ['plans: [', /is no YAML/],
  ['plans: [{name: A, id: pln_9}]', /no plan pln_9/],
])('refuses %j', async (text, message) => {
  const { code, err } = await run('plans', 'apply', await file(text));
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

it('sees what is left out as what the service fills in', () => {
  const [plan] = readPlanFile(STARTER);
  expect(differences(STORED, { ...plan?.body, id: 'pln_1', version: 1, effectiveFrom: STORED.effectiveFrom })).toEqual(
    [],
  );
});

it('prints the cost of an account as CSV', async () => {
  expect(await run('cost', '--account', 'acme', '--period', '2026-10', '--csv')).toEqual({
    code: 0,
    out: 'section,id\ntotal,\n',
    err: '',
  });
  expect(service.asked[0]?.path).toBe('/usage/cost?period=2026-10&accountId=acme&format=csv');
  expect((await run('cost', '--period', 'october')).code).toBe(2);
});
