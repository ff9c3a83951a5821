import * as fc from 'fast-check';
import type { Progress } from '../progress';
import { type ImportOptions, runImport } from './importer';
import { LineIds } from './line-ids';

const SILENT: Progress = { start: () => undefined, update: () => undefined, stop: () => undefined };

/** The ids of the events that an import of this log sends. */
async function idsOf(lines: readonly string[], options: Partial<ImportOptions> = {}): Promise<string[]> {
  const ids: string[] = [];
  const client = {
    sendEvents: async (events: readonly string[]) => {
      for (const event of events) ids.push((JSON.parse(event) as { id: string }).id);
      return { accepted: events.length, duplicates: 0, rejected: [] };
    },
  };
  const source = {
    size: null,
    async *chunks() {
      yield Buffer.from(lines.join('\n'));
    },
  };
  await runImport(client, source, { format: 'combined', shiftMs: 0, ...options }, SILENT);
  return ids;
}

/** What a log says on each line; few hosts, seconds and paths, so that lines are equal often. */
interface Request {
  host: number;
  second: number;
  path: number;
  browser: number;
}

const requests = fc.array(fc.record({ host: fc.nat(1), second: fc.nat(2), path: fc.nat(1), browser: fc.nat(2) }), {
  minLength: 4,
  maxLength: 40,
});

const common = ({ host, second, path }: Request): string =>
  `192.0.2.${host} - - [17/May/2026:10:00:0${second} +0000] "GET /${path} HTTP/1.1" 200 5`;
const combined = (request: Request): string => `${common(request)} "https://example.com/" "browser ${request.browser}"`;

/** What is counted when these logs are imported one after the other: each id once. */
async function counted(...logs: string[][]): Promise<Set<string>> {
  const ids = await Promise.all(logs.map((lines) => idsOf(lines)));
  return new Set(ids.flat());
}

/** How many lines should count: of equal ones as many as the log has that holds most of them. */
function expected(...logs: string[][]): number {
  const most = new Map<string, number>();
  for (const lines of logs) {
    const counts = new Map<string, number>();
    for (const line of lines) {
      const key = line.split(' "https')[0] ?? '';
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [key, count] of counts) most.set(key, Math.max(count, most.get(key) ?? 0));
  }
  return [...most.values()].reduce((sum, count) => sum + count, 0);
}

describe('the ids of an import', () => {
  it('count each line of a log once, however it is imported again', async () => {
    await fc.assert(
      fc.asyncProperty(requests, fc.nat(40), fc.nat(40), async (log, a, b) => {
        const lines = log.map(combined);
        const [from, to] = [Math.min(a, b, lines.length), Math.min(Math.max(a, b), lines.length)];
        const whole = new Set(await idsOf(lines));
        expect(whole.size).toBe(lines.length);
        const again: Record<string, string[]> = {
          whole: lines,
          'in the other format': log.map(common),
          'in another order': [...lines].reverse(),
          'cut at its head': lines.slice(from),
          'before it grew': lines.slice(0, to),
          'a part of it': lines.slice(from, to),
          'its parts joined the other way round': [...lines.slice(from), ...lines.slice(0, from)],
        };
        for (const part of Object.values(again)) {
          expect(await counted(lines, part)).toEqual(whole);
          expect(await counted(part, lines)).toEqual(whole);
          expect((await idsOf(part)).length).toBe(new Set(await idsOf(part)).size);
        }
      }),
    );
  });

  it('count logs that are imported one by one, and then together', async () => {
    await fc.assert(
      fc.asyncProperty(requests, requests, async (first, second) => {
        const [a, b] = [first.map(combined), second.map(common)];
        expect((await counted(a, b)).size).toBe(expected(a, b));
        expect((await counted(a, b, [...a, ...b])).size).toBe(a.length + b.length);
      }),
    );
  });

  it('are others for another source, and the same for another key and shifted dates', async () => {
    const lines = [0, 0, 1].map((second) => common({ host: 1, second, path: 1, browser: 1 }));
    const ids = await idsOf(lines);
    expect(await idsOf(lines, { shiftMs: 5_000, keyId: 'k2' })).toEqual(ids);
    const others = await Promise.all(['web-1', 'web-2'].map((source) => idsOf(lines, { source })));
    expect(new Set([...ids, ...others.flat()]).size).toBe(9);
  });

  it('stay apart from those of lines whose hashes begin alike', () => {
    const ids = new LineIds('');
    const made = Array.from({ length: 50_000 }, (_, index) => ids.next(`line ${index}`));
    expect(new Set(made).size).toBe(50_000);
    expect(made.every((id) => /^log_[\w-]{22}$/.test(id))).toBe(true);
  });
});

describe('LineIds', () => {
  it('recognises equal lines over so many different ones, and remembers at most twice as many', () => {
    const ids = new LineIds('', 100);
    const first = ids.next('equal');
    for (let index = 0; index < 100; index++) ids.next(`between ${index}`);
    expect(ids.next('equal')).toBe(`${first}-2`);
    for (let index = 0; index < 100; index++) ids.next(`later ${index}`);
    expect(ids.next('equal')).toBe(`${first}-3`);
    for (let index = 0; index < 200; index++) ids.next(`after that ${index}`);
    expect(ids.next('equal')).toBe(first);
  });
});
