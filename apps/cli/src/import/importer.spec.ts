import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { MeterhouseClient } from '../client';
import { type Progress } from '../progress';
import { FakeService, type Reply, allAccepted, eventsIn } from '../testing/fake-service';
import { type ImportOptions, ImportStopped, findNewest, runImport } from './importer';
import { LineIds } from './line-ids';
import { type LogSource, openLog } from './lines';
import type { Format } from './parsed-line';
import { PARSERS } from './parsers';
import { shiftFor, shiftTarget } from './shift';

const SILENT: Progress = { start: () => undefined, update: () => undefined, stop: () => undefined };

function log(...lines: string[]): LogSource {
  return {
    size: null,
    async *chunks() {
      yield Buffer.from(lines.join('\n'));
    },
  };
}

function line(second: number, request = 'GET /a HTTP/1.1'): string {
  const at = new Date(Date.UTC(2026, 4, 17, 10) + second * 1_000).toISOString();
  return `::1 - - [17/May/2026:${at.slice(11, 19)} +0000] "${request}" 200 5`;
}

/** The id of a line that stands alone. */
function idOf(format: Format, text: string): string {
  const parsed = PARSERS[format](text);
  return new LineIds('').next('content' in parsed ? parsed.content : '');
}

describe('runImport', () => {
  let folder: string;
  let service: FakeService;

  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'meterhouse-import-'))));
  afterAll(() => rm(folder, { recursive: true }));

  const base: ImportOptions = { format: 'combined', shiftMs: 0 };

  async function run(source: LogSource, options: Partial<ImportOptions>, answer = allAccepted): Promise<string> {
    service = await FakeService.start(answer);
    const client = new MeterhouseClient({ url: service.url, key: 'k', wait: async () => undefined });
    try {
      return (await runImport(client, source, { ...base, ...options }, SILENT)).toString();
    } finally {
      await service.stop();
    }
  }

  it('sends what it can read and reports the rest by line', async () => {
    const rejected: string[] = [];
    const source = log(line(1), 'noise', '', line(2).replace('200', '000'), line(3), line(4).replace('200', '000'));
    const summary = await run(source, { onRejected: (text) => void rejected.push(text) });
    expect(summary.split('\n')).toEqual([
      'Lines read  5',
      'Accepted    2',
      'Duplicates  0',
      'Rejected    3',
      '  2 × the status is not a number from 100 to 599 (lines 4, 6)',
      '  1 × the line does not have the layout of this format (line 2)',
      'Latency: 2 events were sent with latencyMs 0: their lines hold none.',
    ]);
    expect(rejected).toEqual(['noise', line(2).replace('200', '000'), line(4).replace('200', '000')]);
    expect(service.asked.map(eventsIn)).toEqual([
      [1, 3].map((second) => ({
        id: idOf('common', line(second)),
        timestamp: `2026-05-17T10:00:0${second}.000Z`,
        method: 'GET',
        endpoint: '/a',
        statusCode: 200,
        latencyMs: 0,
        responseBytes: 5,
      })),
    ]);
  });

  it('counts lines without a request by what they were, and does not call them rejected', async () => {
    const rejected: string[] = [];
    const source = log(
      line(1),
      line(2, '-'),
      line(3, '\\x16\\x03\\x01'),
      line(4, '\\x16\\x03'),
      line(5, 'PRI * HTTP/2.0'),
    );
    const summary = await run(source, { onRejected: (text) => void rejected.push(text) });
    expect(summary.split('\n').slice(3, 6)).toEqual([
      'Rejected    0',
      'No request  4',
      'No request on the line: 2 × TLS on a plain port, 1 × closed or timed out before a request, ' +
        '1 × HTTP/2 on a port without it.',
    ]);
    expect(rejected).toEqual([]);
  });

  it('names lines that the service rejects, one kind of fault as one reason', async () => {
    const rejected = [0, 2].map((index) => ({ index, id: null, error: 'X', message: `statusCode is "${index}".` }));
    const answer = (): Reply => ({ status: 202, body: { success: true, accepted: 1, duplicates: 0, rejected } });
    const summary = await run(log('noise', line(1), line(2), line(3)), {}, answer);
    expect(summary).toContain('  2 × statusCode is "0". (lines 2, 4)');
  });

  it.each([
    ['timestamp should be at most 90 days old, but is "2020".', '--shift-to now'],
    ['There is no key "k"; to list it as an external key, name its account in accountId.', '--account names'],
    ['There is no key "k" in this account; GET /keys lists them.', 'call with a key of it'],
  ])('says what to do about "%s"', async (message, advice) => {
    const rejected = [{ index: 0, id: null, error: 'X', message }];
    const answer = (): Reply => ({ status: 202, body: { success: true, accepted: 1, duplicates: 0, rejected } });
    const notes = (await run(log(line(1), line(2)), {}, answer)).split('\n').slice(6);
    expect(notes).toEqual([expect.stringContaining(advice)]);
  });

  it('does not advise to shift dates that are not old but in seconds', async () => {
    const message =
      'timestamp should be at most 90 days old, but is 1. It looks like epoch seconds; send milliseconds.';
    const rejected = [{ index: 0, id: null, error: 'X', message }];
    const answer = (): Reply => ({ status: 202, body: { success: true, accepted: 0, duplicates: 0, rejected } });
    expect(await run(log(line(1)), {}, answer)).not.toContain('--shift-to');
  });

  it('sends 5,000 events a call', async () => {
    await run(log(...Array.from({ length: 12_001 }, (_, i) => line(i % 3_600))), {});
    expect(service.asked.map((asked) => eventsIn(asked).length).sort((a, b) => b - a)).toEqual([5_000, 5_000, 2_001]);
  });

  it('cuts batches of long lines before a body grows too large', async () => {
    const long = JSON.stringify({ endpoint: '€'.repeat(300_000) });
    await run(log(...Array.from({ length: 12 }, () => long)), { format: 'ndjson' });
    for (const { body } of service.asked) expect(Buffer.byteLength(body)).toBeLessThan(10_485_760);
    expect(service.asked.length).toBeGreaterThan(1);
  });

  it('shifts dates, and sends to another account and key', async () => {
    await run(log(line(1)), { shiftMs: 60_000, account: 'a&b', keyId: 'web' });
    expect(service.asked[0]?.path).toBe('/events?accountId=a%26b');
    const [event] = service.asked.flatMap(eventsIn);
    expect(event).toMatchObject({ keyId: 'web', timestamp: '2026-05-17T10:01:01.000Z' });
  });

  it('leaves what an NDJSON event says of itself', async () => {
    const event = { id: 'mine', keyId: 'own', method: 'GET', endpoint: '/', statusCode: 200, latencyMs: 1 };
    const without = '{"id":null,"keyId":null,"statusCode":200}';
    await run(log(JSON.stringify(event), without), { format: 'ndjson', keyId: 'other' });
    expect(service.asked.flatMap(eventsIn)).toEqual([
      event,
      { id: idOf('ndjson', without), keyId: 'other', statusCode: 200 },
    ]);
  });

  it('takes a switched connection that lasted over an hour, and leaves other events as they are', async () => {
    const lines = [
      [101, '86400.000'],
      [101, '2.000'],
      [200, '7200.000'],
    ].map(([status, time]) => `${line(1).replace('200', String(status))} "-" "curl" ${time}`);
    await run(log(...lines), {});
    const sent = service.asked.flatMap(eventsIn);
    expect(sent.map(({ statusCode, latencyMs }) => [statusCode, latencyMs])).toEqual([
      [101, 3_600_000],
      [101, 2_000],
      [200, 7_200_000],
    ]);
    expect(sent[0]?.['timestamp']).toBe('2026-05-16T10:00:01.000Z');
    await run(log('{"statusCode":101,"latencyMs":3600001}'), { format: 'ndjson' });
    expect(service.asked.flatMap(eventsIn)).toMatchObject([{ latencyMs: 3_600_000 }]);
  });

  it.each([
    ['is cut off', gzipSync(line(1)).subarray(0, -9), "a gzip'd file may be cut off"],
    ['is followed by a plain one', Buffer.concat([gzipSync(line(1)), Buffer.from(line(2))]), '"zcat -f" joins logs'],
  ])("says what may be wrong with a gzip'd log that %s", async (_, bytes, advice) => {
    const file = join(folder, 'log.gz');
    await writeFile(file, bytes);
    await expect(run(await openLog(file), {})).rejects.toThrow(advice);
  });

  it('stops with what it had done when the service fails for good', async () => {
    service = await FakeService.start((asked, number) =>
      number === 1 ? allAccepted(asked) : { status: 401, body: { error: 'API_KEY_REVOKED', message: 'Revoked.' } },
    );
    const client = new MeterhouseClient({ url: service.url, key: 'k' });
    const source = log(...Array.from({ length: 20_000 }, (_, i) => line(i % 3_600)));
    const stopped: unknown = await runImport(client, source, base, SILENT).catch((error: unknown) => error);
    expect(stopped).toBeInstanceOf(ImportStopped);
    expect(stopped).toMatchObject({ summary: { accepted: 5_000 }, exitCode: 1 });
    expect(String(stopped)).toContain('Run the same command again');
    expect(service.asked.length).toBeLessThanOrEqual(3);
    await service.stop();
  });
});

describe('date shifting', () => {
  it('finds the newest line that can be read, wherever it stands', async () => {
    const source = log(line(5), line(900), 'noise', line(7, '-'), line(6));
    expect(await findNewest(source, 'combined', SILENT)).toBe(Date.UTC(2026, 4, 17, 10, 15));
    expect(await findNewest(log('noise'), 'combined', SILENT)).toBeNull();
  });

  it('moves the newest line to the instant asked for', () => {
    expect(shiftTarget('now', 42)).toBe(42);
    expect(shiftTarget('2026-01-31T12:00:00+01:00', 42)).toBe(Date.UTC(2026, 0, 31, 11));
    expect(shiftTarget('2026-01-31', 42)).toBe(Date.UTC(2026, 0, 31));
    expect(shiftFor(1_000, 5_000)).toBe(4_000);
    expect(shiftFor(null, 5_000)).toBe(0);
  });

  it.each(['tomorrow', '', '2026-02-30', '2026-01-31T12:00:00'])('refuses "%s"', (text) => {
    expect(() => shiftTarget(text, 42)).toThrow('--shift-to should be "now" or a date like');
  });
});
