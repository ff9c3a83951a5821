/**
 * Memory that stays under the bound of the README, and calls that are answered, whatever is sent: the built service under
 * connections that do nothing, bodies that do not end, that are too large, or that grow when they are read, and more events
 * than it can take. Real: all of it.
 */
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Answer, call, createKey, memoryOf } from './support/api';
import { type Service, startService } from './support/service';
import { until } from './support/until';

const MIB = 1024 * 1024;
const ENGINE_MEMORY_MB = 512;
/** The README's: what the engine may take, and this. */
const BOUND = (ENGINE_MEMORY_MB + 1_536) * MIB;

const EVENT = { method: 'GET', endpoint: '/v1/orders/42', statusCode: 200, latencyMs: 12.5 };

let service: Service;
let key: string;
let sockets: Socket[];

beforeAll(async () => {
  service = await startService({ ENGINE_MEMORY_MB: String(ENGINE_MEMORY_MB), EVENT_LOG_MB: '64' });
  key = (await createKey(service, 'memory')).secret;
}, 60_000);

afterAll(() => service.stop(), 60_000);

beforeEach(() => {
  sockets = [];
});

afterEach(() => {
  for (const socket of sockets) socket.destroy();
});

/** What everybody else sends meanwhile: an event and a question. */
async function expectService(): Promise<void> {
  expect((await send(JSON.stringify(EVENT))).status).toBe(202);
  expect((await call(service, '/usage?timeframe=1h', { key })).status).toBe(200);
  expect(await memoryOf(service)).toBeLessThan(BOUND);
}

function send(raw: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Answer> {
  return call(service, '/events', { key, raw, headers });
}

const inParallel = (count: number, work: () => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: count }, work));

/** A connection, and what the service says on it. */
class Caller {
  answer = '';
  private constructor(private readonly socket: Socket) {
    socket.on('error', () => undefined).on('data', (part: Buffer) => (this.answer += part.toString('latin1')));
  }

  static async open(): Promise<Caller> {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    return new Caller(socket);
  }

  async begin(header: string): Promise<void> {
    const head = ['POST /events HTTP/1.1', 'Host: a', `Authorization: Bearer ${key}`, 'Content-Type: application/json'];
    await this.write([...head, header, '', ''].join('\r\n'));
  }

  /** Answers when the system has taken the text, or the connection has gone; the service may end it at any time. */
  async write(text: string): Promise<void> {
    if (!this.socket.writable || this.socket.write(text)) return;
    await Promise.race([once(this.socket, 'drain'), once(this.socket, 'close')]).catch(() => undefined);
  }

  get status(): number {
    return Number(/^HTTP\/1\.1 (\d+)/.exec(this.answer)?.[1] ?? 0);
  }
}

const openAll = (count: number): Promise<Caller[]> => Promise.all(Array.from({ length: count }, () => Caller.open()));

it('a thousand connections that say nothing', async () => {
  const before = await memoryOf(service);
  await openAll(1_000);
  await expectService();
  expect((await memoryOf(service)) - before).toBeLessThan(100 * MIB);
});

it('bodies that come drop by drop, and never whole', async () => {
  const callers = await openAll(400);
  await Promise.all(callers.map((caller) => caller.begin('Content-Length: 5000000')));
  // 100 MB of all of them together, more than there is room for.
  for (let drop = 0; drop < 16; drop++) {
    await Promise.all(callers.map((caller) => caller.write(' '.repeat(16_384))));
    await expectService();
  }
  // Those that began first had to go, with an answer.
  await until(10_000, async () => {
    const refused = callers.filter((caller) => caller.status === 503);
    expect(refused.length).toBeGreaterThan(50);
    expect(refused.every(({ answer }) => /retry-after: /i.test(answer))).toBe(true);
    await expectService();
  });
  expect(callers.filter((caller) => caller.status === 0).length).toBeGreaterThan(50);
});

it('a body in a million chunks of one byte', async () => {
  const before = await memoryOf(service);
  const caller = await Caller.open();
  await caller.begin('Transfer-Encoding: chunked');
  for (let part = 0; part < 100; part++) await caller.write('1\r\n \r\n'.repeat(10_000));
  await expectService();
  expect((await memoryOf(service)) - before).toBeLessThan(100 * MIB);
  await caller.write('0\r\n\r\n');
  await until(10_000, async () => {
    expect(caller.status).toBe(400);
    await expectService();
  });
});

it.each([
  ['that are too long', ' '.repeat(11 * MIB)],
  ['of empty objects', `[${'{},'.repeat(3_000_000)}{}]`],
  ['of empty arrays', `[${'[],'.repeat(3_000_000)}[]]`],
  ['of numbers', `[${'1,'.repeat(4_000_000)}1]`],
  ['of as many events as they may hold, all of them wrong', `[${'{},'.repeat(9_999)}{}]`],
  ['that never close', '[{"a":'.repeat(1_500_000)],
])('bodies %s', async (_, body) => {
  const sent = inParallel(30, () => send(body));
  await expectService();
  const statuses = new Set((await sent).map(({ status }) => status));
  expect([...statuses].filter((status) => ![400, 413, 503].includes(status))).toEqual([]);
  await expectService();
});

it('gzip bombs', async () => {
  const bomb = gzipSync(Buffer.alloc(100 * MIB));
  const sent = inParallel(100, () => send(bomb, { 'content-encoding': 'gzip' }));
  await expectService();
  expect(new Set((await sent).map(({ status }) => status))).toEqual(new Set([413]));
  await expectService();
});

it('more events than can be taken: each is taken or refused, and those that were taken are counted', async () => {
  const { secret } = await createKey(service, 'overload');
  let made = 0;
  let accepted = 0;
  const refused: Answer[] = [];
  const sender = async (): Promise<void> => {
    for (let round = 0; round < 12; round++) {
      const events = Array.from({ length: 2_000 }, () => ({ ...EVENT, id: `overload-${++made}` }));
      const answer = await call(service, '/events', { key: secret, body: events });
      if (answer.status === 202) accepted += Number(answer.body.accepted);
      else refused.push(answer);
      if (round % 4 === 0) await expectService();
    }
  };
  await Promise.all(Array.from({ length: 24 }, sender));
  for (const { status, headers } of refused) {
    expect(status).toBe(503);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(accepted).toBeGreaterThan(0);
  await until(60_000, async () => {
    const answer = await call(service, '/usage?timeframe=1h', { key: secret });
    expect(answer.body.usage).toMatchObject({ totalRequests: accepted });
  });
  await expectService();
});
