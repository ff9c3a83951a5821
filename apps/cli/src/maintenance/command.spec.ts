import { runCli } from '../program';
import { type Asked, FakeService } from '../testing/fake-service';
import { weeksOf } from './weeks';

const DAY = 86_400_000;

let service: FakeService | undefined;
afterEach(async () => {
  await service?.stop();
  service = undefined;
});

async function run(args: string[], answer: (asked: Asked) => object = () => ({}), status = 200) {
  service = await FakeService.start((asked) => ({ status, body: { success: status === 200, ...answer(asked) } }));
  let out = '';
  let err = '';
  const code = await runCli(args, {
    env: { METERHOUSE_URL: service.url, ADMIN_KEY: 'mh_admin' },
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  const bodies = service.asked.map(({ body }): Record<string, unknown> => (body === '' ? {} : JSON.parse(body)));
  return { code, out, err, bodies, paths: service.asked.map(({ path }) => path) };
}

const ROW = {
  bucket: '2026-02-14T09:00:00.000Z',
  accountId: 'acme',
  keyId: 'key_1',
  endpoint: '/v1/orders/{id}',
  method: 'GET',
  statusCode: 200,
  errorType: '',
  expected: 1_200,
  found: 1_100,
  differs: ['requests', 'bytes'],
};

/** As traffic rollups have it. */
const TRAFFIC_ROW = { ...ROW, endpoint: null, method: null, statusCode: null, errorType: null };

/** An answer in which one hour differs, or none. */
function answered(drifted: number, repaired: number, earliest = '2026-02-01T00:00:00.000Z', withheld = 0) {
  const clean = {
    bucketsCompared: 10,
    bucketsDrifted: 0,
    bucketsRepaired: 0,
    bucketsWithheld: 0,
    requestsMissing: 0,
    requestsExtra: 0,
  };
  const drift = {
    ...clean,
    bucketsDrifted: drifted,
    bucketsRepaired: repaired,
    bucketsWithheld: withheld,
    requestsMissing: 100 * drifted,
  };
  return {
    earliest,
    rollups: [
      { rollup: 'traffic_hour', ...clean, examples: drifted > 0 ? [TRAFFIC_ROW] : [] },
      { rollup: 'usage_hour', ...drift, examples: drifted > 0 ? [ROW] : [] },
      { rollup: 'usage_day', ...clean, examples: [] },
    ],
  };
}

describe('meterhouse reconcile', () => {
  it('asks week by week and prints where the rollups differ', async () => {
    const args = ['reconcile', '--from', '2026-02-11', '--to', '2026-02-24'];
    const { code, out, err, bodies, paths } = await run(args, ({ body }) =>
      answered(body.includes('"from":"2026-02-11') ? 1 : 0, 0),
    );
    expect(new Set(paths)).toEqual(new Set(['/admin/reconcile']));
    expect(bodies).toEqual([
      { from: '2026-02-11T00:00:00.000Z', to: '2026-02-16T00:00:00.000Z', repair: false, acceptLoss: false },
      { from: '2026-02-16T00:00:00.000Z', to: '2026-02-23T00:00:00.000Z', repair: false, acceptLoss: false },
      { from: '2026-02-23T00:00:00.000Z', to: '2026-02-24T00:00:00.000Z', repair: false, acceptLoss: false },
    ]);
    expect(out).toBe(
      [
        'ROLLUP        BUCKETS  DRIFTED  REPAIRED  MISSING  EXTRA',
        'traffic_hour       30        0         0        0      0',
        'usage_hour         30        1         0      100      0',
        'usage_day          30        0         0        0      0',
        '',
        'Drifted rows, such as:',
        '  traffic_hour  2026-02-14T09:00:00.000Z  acme key_1: 1,200 expected, 1,100 found (requests, bytes)',
        '  usage_hour    2026-02-14T09:00:00.000Z  acme key_1 GET /v1/orders/{id} 200: 1,200 expected, 1,100 found (requests, bytes)',
        '',
      ].join('\n'),
    );
    expect(code).toBe(1);
    expect(err).toContain('Drift in 1 bucket was found; --repair mends it.');
  });

  it('begins with the running day, then takes all that the service keeps', async () => {
    const today = Math.floor(Date.now() / DAY) * DAY;
    const earliest = today - 10 * DAY;
    const { code, err, bodies } = await run(['reconcile', '--repair'], () =>
      answered(1, 1, new Date(earliest).toISOString()),
    );
    expect(bodies[0]).toEqual({ from: new Date(today).toISOString(), repair: true, acceptLoss: false });
    expect(bodies[1]).toMatchObject({ from: new Date(earliest).toISOString() });
    expect(bodies.at(-1)).toMatchObject({ to: new Date(today).toISOString() });
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('All drift was repaired.') });
  });

  it('ends with 1 when something could not be repaired, and with 0 when nothing differs', async () => {
    const span = ['--from', '2026-02-11', '--to', '2026-02-12T10:00:00Z'];
    const left = await run(['reconcile', '--repair', ...span], () => answered(3, 1));
    expect(left).toMatchObject({ code: 1, err: expect.stringContaining('Drift in 2 buckets was not repaired.') });
    await service?.stop();
    const clean = await run(['reconcile', ...span], () => answered(0, 0));
    expect(clean).toMatchObject({ code: 0, err: expect.stringContaining('what the raw events give') });
    expect(clean.bodies[0]).toMatchObject({ to: '2026-02-13T00:00:00.000Z' });
  });

  it('says what was not repaired for want of raw events, and sends what it is told to', async () => {
    const span = ['--from', '2026-02-11', '--to', '2026-02-12'];
    const left = await run(['reconcile', '--repair', ...span], () => answered(3, 1, undefined, 2));
    const advice = 'Drift in 2 buckets was not repaired, in 2 buckets for want of raw events; --accept-loss repairs';
    expect(left).toMatchObject({ code: 1, err: expect.stringContaining(advice) });
    await service?.stop();
    const all = await run(['reconcile', '--repair', '--accept-loss', ...span], () => answered(3, 3));
    expect(all).toMatchObject({ code: 0, bodies: [{ repair: true, acceptLoss: true }] });
  });

  it.each([
    [['--accept-loss'], '--accept-loss goes with --repair'],
    [['--from', 'yesterday'], 'It should be a date such as 2026-03-01'],
    [['--from', '2026-03-02', '--to', '2026-03-02'], '--to should be after --from'],
  ])('%j is wrong usage', async (flags, message) => {
    expect(await run(['reconcile', ...flags])).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
      paths: [],
    });
  });
});

describe('meterhouse events delete', () => {
  const counts = {
    eventsDeleted: 1_234,
    parkedEventsDeleted: 0,
    rollups: ['traffic_minute', 'usage_day'].map((rollup) => ({ rollup, requestsRemoved: 1_234 })),
  };

  it('deletes the events of an account, and says how many', async () => {
    const span = ['--from', '2026-02-14T09:00:00Z', '--to', '2026-02-15'];
    const args = ['events', 'delete', '--account', 'acme', '--key-id', 'key_1', ...span, '--yes'];
    const { code, out, bodies, paths } = await run(args, () => counts);
    expect({ code, out }).toEqual({
      code: 0,
      out: 'Deleted 1,234 events; requests removed from the rollups: traffic_minute 1,234, usage_day 1,234.\n',
    });
    expect(paths).toEqual(['/admin/events/delete']);
    expect(bodies).toEqual([
      {
        accountId: 'acme',
        keyId: 'key_1',
        from: '2026-02-14T09:00:00.000Z',
        to: '2026-02-15T00:00:00.000Z',
        confirm: true,
      },
    ]);
  });

  it('says how many were parked', async () => {
    const args = ['events', 'delete', '--account', 'acme', '--yes'];
    const { out } = await run(args, () => ({ ...counts, parkedEventsDeleted: 5_678 }));
    expect(out).toContain('Deleted 1,234 events, 5,678 dead letters or events of damaged parts of the log; requests');
  });

  it.each([
    [[], 'No events of account nope were found: nothing was deleted.\n'],
    [['--key-id', 'k', '--to', '2026-02-15'], 'No events of account nope and key k were found in this time'],
  ])('says that there were none (%j)', async (flags, message) => {
    const none = {
      ...counts,
      eventsDeleted: 0,
      rollups: counts.rollups.map((rollup) => ({ ...rollup, requestsRemoved: 0 })),
    };
    const { code, out } = await run(['events', 'delete', '--account', 'nope', ...flags, '--yes'], () => none);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(message) });
  });

  it('does not say that there were none where rollups had requests whose events were gone', async () => {
    const { out } = await run(['events', 'delete', '--account', 'acme', '--yes'], () => ({
      ...counts,
      eventsDeleted: 0,
    }));
    expect(out).toContain('Deleted 0 events; requests removed from the rollups: traffic_minute 1,234');
  });

  it('does nothing without --yes, and shows what the service refuses', async () => {
    const unsure = await run(['events', 'delete', '--account', 'acme']);
    expect(unsure).toMatchObject({ code: 2, err: expect.stringContaining('add --yes'), paths: [] });
    await service?.stop();
    const refusal = () => ({ error: 'KEY_NOT_FOUND', message: 'There is no key "k" in this account.' });
    const args = ['events', 'delete', '--account', 'acme', '--key-id', 'k', '--yes'];
    expect(await run(args, refusal, 404)).toMatchObject({ code: 1, err: expect.stringContaining('no key "k"') });
  });

  it('has help with examples', async () => {
    for (const command of [['events', 'delete'], ['events'], ['reconcile']]) {
      const { code, out } = await run([...command, '--help']);
      expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/Examples?:\n {2}\$ meterhouse/) });
      await service?.stop();
    }
  });
});

it('cuts spans at Mondays', () => {
  const day = (text: string): number => Date.parse(text);
  expect(weeksOf({ from: day('2026-03-02'), to: day('2026-03-10') })).toEqual([
    { from: day('2026-03-02'), to: day('2026-03-09') },
    { from: day('2026-03-09'), to: day('2026-03-10') },
  ]);
  expect(weeksOf({ from: day('2026-03-04'), to: day('2026-03-04') })).toEqual([]);
});

describe('meterhouse dead-letters replay', () => {
  it('calls the route without a body, for it takes none', async () => {
    const { code, out, paths } = await run(['dead-letters', 'replay'], () => ({ replayed: 3 }));
    expect({ code, out, paths }).toEqual({
      code: 0,
      out: '3 events taken back.\n',
      paths: ['/admin/dead-letters/replay'],
    });
    expect(service?.asked[0]?.body).toBe('');
  });
});

describe('meterhouse log recover', () => {
  it('says what was taken back and what could not be read', async () => {
    const answer = { files: 2, recovered: 399, unreadable: 1 };
    const { code, out, paths } = await run(['log', 'recover'], () => answer);
    expect({ code, out, paths }).toEqual({
      code: 0,
      out: '399 events taken back from 2 files; 1 lines could not be read.\n',
      paths: ['/admin/log/recover'],
    });
  });
});
