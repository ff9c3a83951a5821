import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../program';
import { type Asked, FakeService, type Reply } from '../testing/fake-service';

const RULE = {
  id: 'rul_1',
  accountId: 'acme',
  name: 'Errors',
  enabled: true,
  severity: 'medium',
  metric: 'errorRate',
  filters: { keyId: [], endpoint: [], method: ['POST'], statusCode: ['500'], errorType: [] },
  groupBy: null,
  window: '15m',
  condition: { type: 'threshold', operator: 'above', value: 5 },
  minimumRequests: 20,
  breaching: { windows: 1, of: 1 },
  noData: 'ok',
  renotifyAfterMinutes: null,
  channels: [],
  schedule: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  lastEvaluatedTo: null,
  notJudged: null,
};

const ALERT = {
  id: 'alr_1',
  ruleName: 'Errors',
  group: { keyId: 'key_1' },
  state: 'firing',
  severity: 'high',
  value: 12.4,
  threshold: 5,
  startedAt: '2026-01-02T03:04:05.678Z',
  resolvedAt: null,
};

let service: FakeService;
let folder: string;

beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'meterhouse-'))));
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => service.stop());

const answers = ({ method, path }: Asked): Reply => {
  const pagination = { total: 1, limit: 100, offset: 0, hasMore: false };
  if (path === '/me') return { status: 200, body: { success: true, caller: { isAdmin: false } } };
  if (method !== 'GET') return { status: 200, body: { success: true, rule: RULE } };
  if (path.startsWith('/alerts/rules')) return { status: 200, body: { success: true, rules: [RULE], pagination } };
  return { status: 200, body: { success: true, alerts: [ALERT], pagination } };
};

async function run(args: readonly string[], answer: (asked: Asked) => Reply = answers) {
  service = await FakeService.start(answer);
  let [out, err] = ['', ''];
  const env = { METERHOUSE_URL: service.url, METERHOUSE_KEY: 'mh_secret' };
  const terminal = { env, out: (text: string) => void (out += text), err: (text: string) => void (err += text) };
  const code = await runCli(['alerts', ...args], terminal);
  const changes = service.asked.filter(({ method }) => method !== 'GET');
  return { code, out, err, changes: changes.map(({ method, path, body }) => [method, path, body && JSON.parse(body)]) };
}

async function fileOf(text: string): Promise<string> {
  const file = join(folder, 'alerts.yaml');
  await writeFile(file, text);
  return file;
}

it('lists alerts', async () => {
  const { code, out } = await run(['list', '--state', 'firing']);
  expect(code).toBe(0);
  expect(out).toContain('alr_1  Errors  key_1  firing  high       12.4          5  2026-01-02 03:04  -');
  expect(service.asked[0]?.path).toBe('/alerts?limit=100&offset=0&state=firing');
});

it('prints rules as the file that is applied without a change', async () => {
  const { out } = await run(['rules', '--yaml']);
  await service.stop();
  const { code, out: applied, changes } = await run(['apply', await fileOf(out), '--delete-others', '--yes']);
  expect({ code, applied, changes }).toEqual({
    code: 0,
    applied: 'All rules of the file are in force (1); nothing is to be changed.\n',
    changes: [],
  });
});

const FILE = `
rules:
  - name: Errors
    metric: errorRate
    filters: {method: [POST], statusCode: [500]}
    condition: {type: threshold, operator: above, value: 8}
  - name: Slow
    metric: p95
    condition: {type: threshold, operator: above, value: 500}
`;

const DIFF = `~ Errors
    condition: {"type":"threshold","operator":"above","value":5} -> {"type":"threshold","operator":"above","value":8}
+ Slow
    metric: "p95"
    condition: {"type":"threshold","operator":"above","value":500}
`;

it('shows what a file would change, and changes nothing', async () => {
  const { code, out, err, changes } = await run(['apply', await fileOf(FILE)]);
  expect({ code, changes }).toEqual({ code: 0, changes: [] });
  expect(out.split('\n').sort()).toEqual(DIFF.split('\n').sort());
  expect(err).toContain('Nothing was changed; --yes makes these changes.');
});

it('makes the changes', async () => {
  const file = await fileOf(FILE.replace('name: Errors', 'name: Failures'));
  const { out, changes } = await run(['apply', file, '--account', 'acme', '--delete-others', '--yes']);
  expect(out).toContain('Created 2, changed 0, deleted 1.');
  expect(changes).toMatchObject([
    ['POST', '/alerts/rules', { name: 'Failures', accountId: 'acme' }],
    ['POST', '/alerts/rules', { name: 'Slow', accountId: 'acme' }],
    ['DELETE', '/alerts/rules/rul_1', ''],
  ]);
});

it.each([
  ['rules: 5', 'The file should hold a list of rules under "rules:".'],
  ['rules: [{metric: p95}]', 'Rule 1 of the file should have a name'],
  ['rules: [{name: a}, {name: a}]', 'The file has two rules with the name "a".'],
  ['rules: [', 'The file is not YAML'],
])('refuses the file %s', async (text, message) => {
  const { code, err } = await run(['apply', await fileOf(text)]);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

it('wants an admin to name the account', async () => {
  const admin = (asked: Asked): Reply =>
    asked.path === '/me' ? { status: 200, body: { success: true, caller: { isAdmin: true } } } : answers(asked);
  const { code, err } = await run(['apply', await fileOf(FILE), '--yes'], admin);
  expect(code).toBe(2);
  expect(err).toContain('name the one that the file is about with --account');
});
