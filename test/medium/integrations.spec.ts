/**
 * Every statement of integrations/, run as a reader of an account by POST /sql: the queries, the Grafana dashboard with its
 * macros and variables filled in, the measures of the Cube model, the metrics and columns of the Superset datasets.
 * Real: the checks of statements, the engine, the views. Not real: Grafana, Cube and Superset.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, HOUR, MINUTE } from '@meterhouse/common';
import { parse } from 'yaml';
import { SqlModule } from '../../apps/api/src/sql/sql.module';
import { insertEvents } from '../support/insert-events';
import { type Made, useKeysApi } from '../support/keys-api';

const FOLDER = join(__dirname, '../../integrations');
const api = useKeysApi(SqlModule);

let reader: Made;
let now: number;

const filesIn = (folder: string): string[] => readdirSync(join(FOLDER, folder)).sort();
const textOf = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

/** The rows of a statement. */
async function rowsOf(query: string): Promise<unknown[][]> {
  const { status, body } = await api.call(reader.secret, 'POST', '/sql', { query });
  if (status !== 200) throw new Error(`${body.message}\n${query}`);
  return body.rows as unknown[][];
}

/** Traffic of two keys over 40 days, by the real clock, which the statements look at; a third key is never used. */
beforeAll(async () => {
  now = Date.now();
  const accountId = 'acme';
  const limits = { tier: 'enterprise', rateLimit: { requestsPerMinute: 10_000 } };
  reader = await api.make({ accountId, name: "reader's", permissions: ['sql:read'], ...limits });
  const used = await api.make({ accountId, name: 'website', tier: 'free' });
  await api.make({ accountId, name: 'unused', tier: 'starter' });
  const statuses = [200, 200, 200, 201, 404, 429, 503];
  const events = Array.from({ length: 3_000 }, (_, index) => {
    const statusCode = statuses[index % statuses.length] ?? 200;
    return {
      keyId: index % 3 === 0 ? reader.id : used.id,
      timestamp: now - (index < 1_000 ? index * MINUTE : (index - 1_000) * 30 * MINUTE),
      method: index % 5 === 0 ? 'POST' : 'GET',
      endpoint: index < 100 ? '/v1/new' : `/v1/orders${index % 4 === 0 ? '/{id}' : ''}`,
      statusCode,
      latencyMs: 5 + (index % 200),
      requestBytes: 100,
      responseBytes: 2_000,
      errorType: statusCode < 400 ? '' : statusCode === 429 ? 'rate_limited' : 'server_error',
    };
  });
  await insertEvents(api.clickhouse, accountId, events);
});

describe('docs/', () => {
  const folder = join(__dirname, '../../docs');
  const pages = readdirSync(folder).filter((name) => /^sql.*\.md$/.test(name));
  const blocks = pages.flatMap((page) =>
    [...readFileSync(join(folder, page), 'utf8').matchAll(/^```sql\n([^]*?)^```/gm)].map(([, sql = '']) => ({
      page,
      sql,
    })),
  );

  it.each(blocks)('$page has statements that run: $sql', async ({ sql }) => {
    await rowsOf(sql);
  });

  it('names each view with its columns', async () => {
    const text = readFileSync(join(folder, 'sql.md'), 'utf8');
    const columns = await rowsOf("SELECT table, name FROM system.columns WHERE database = 'meterhouse_bi'");
    for (const name of columns.flat()) expect(text).toContain(`\`${String(name)}\``);
  });
});

describe('queries/', () => {
  it('has a dozen', () => expect(filesIn('queries').length).toBe(12));

  it.each(filesIn('queries'))('%s says what it answers, and answers it', async (file) => {
    const query = textOf(`queries/${file}`);
    expect(query).toMatch(/^-- .+\.\n/);
    expect((await rowsOf(query)).length).toBeGreaterThan(0);
  });
});

interface Panel {
  title: string;
  type: string;
  targets?: { rawSql: string }[];
}

interface Dashboard {
  panels: Panel[];
  templating: { list: { name: string; type: string; query: string }[] };
}

describe('grafana/meterhouse.json', () => {
  const { panels, templating } = JSON.parse(textOf('grafana/meterhouse.json')) as Dashboard;
  const targets = panels.flatMap(({ title, targets: own = [] }) => own.map(({ rawSql }) => ({ title, rawSql })));

  /** As the plugin and Grafana fill it in for a range. @param isAll whether all keys and endpoints are chosen */
  function filled(sql: string, length: number, isAll: boolean): string {
    const [from, to] = [now - length, now];
    const instant = (at: number): string => `toDateTime(${Math.floor(at / 1_000)})`;
    const step = Math.max(60, Math.floor(length / 600_000 / 60) * 60);
    return sql
      .replace(/\$__conditionalAll\((.*?), \$\w+\)$/gm, isAll ? '1=1' : '$1')
      .replace(/\$__timeFilter\((\w+)\)/g, `$1 >= ${instant(from)} AND $1 <= ${instant(to)}`)
      .replace(/\$__timeInterval\((\w+)\)/g, `toStartOfInterval(toDateTime($1), INTERVAL ${step} second)`)
      .replaceAll('$__interval_s', String(step))
      .replaceAll('$__fromTime', instant(from))
      .replaceAll('$__toTime', instant(to))
      .replaceAll('${__from:date:iso}', new Date(from).toISOString())
      .replaceAll('${__to:date:iso}', new Date(to).toISOString())
      .replaceAll('${account}', 'acme')
      .replaceAll('${key:singlequote}', `'${reader.id}','x'`)
      .replaceAll('${endpoint:singlequote}', "'/v1/new','/v1/orders'");
  }

  it.each(targets)('$title', async ({ rawSql }) => {
    for (const length of [HOUR, DAY, 30 * DAY]) {
      for (const isAll of [true, false]) {
        const sql = filled(rawSql, length, isAll);
        expect(sql).not.toMatch(/\$/);
        expect((await rowsOf(sql)).length).toBeGreaterThan(0);
      }
    }
  });

  it('has variables that list accounts, keys and endpoints', async () => {
    const queries = templating.list.filter(({ type }) => type === 'query');
    expect(queries.map(({ name }) => name)).toEqual(['account', 'key', 'endpoint']);
    const lists = await Promise.all(queries.map(({ query }) => rowsOf(filled(query, DAY, true))));
    expect(lists.map((rows) => rows.length)).toEqual([1, 3, 3]);
  });

  it('shows traffic, errors, latency, keys and limits', () => {
    expect(panels.filter(({ type }) => type === 'row').map(({ title }) => title)).toEqual([
      ...['Traffic', 'Errors', 'Latency', 'Keys', 'Limits'],
    ]);
  });
});

interface Member {
  name: string;
  sql?: string;
  type: string;
}

interface CubeModel {
  cubes: {
    name: string;
    sql_table: string;
    joins?: { name: string; sql: string }[];
    measures: Member[];
    dimensions: Member[];
  }[];
}

const AGGREGATES: Record<string, string> = { sum: 'sum', max: 'max', count_distinct: 'uniqExact' };

describe('cube/', () => {
  const cubes = filesIn('cube').flatMap((file) => (parse(textOf(`cube/${file}`)) as CubeModel).cubes);

  it.each(cubes)('$name', async ({ name, sql_table: table, joins = [], measures, dimensions }) => {
    const own = (sql: string): string => sql.replaceAll('{CUBE}', 'c');
    const columnOf = (sql: string): string => (/^\w+$/.test(sql) ? `c.${sql}` : own(sql));
    const sqlOf = ({ sql = '', type }: Member): string => {
      if (type === 'count') return 'count()';
      const aggregate = AGGREGATES[type];
      if (aggregate) return `${aggregate}(${columnOf(sql)})`;
      return own(sql).replace(/\{(\w+)\}/g, (_, other: string) => {
        const measure = measures.find((candidate) => candidate.name === other);
        if (!measure) throw new Error(`${name} has no measure ${other}.`);
        return `(${sqlOf(measure)})`;
      });
    };
    const time = dimensions.find(({ type }) => type === 'time');
    const grouped = [
      ...dimensions
        .filter(({ type }) => type !== 'time')
        .map(({ name: alias, sql = '' }) => `${columnOf(sql)} AS d_${alias}`),
      `toStartOfDay(${columnOf(time?.sql ?? '')}) AS day`,
    ];
    const aggregated = measures.map((measure) => `${sqlOf(measure)} AS m_${measure.name}`);
    const joined = joins.map(({ name: other, sql }) => {
      const target = cubes.find((cube) => cube.name === other);
      return `LEFT JOIN ${target?.sql_table} AS j ON ${own(sql).replaceAll(`{${other}}`, 'j')}`;
    });
    const rows = await rowsOf(
      `SELECT ${[...grouped, ...aggregated].join(', ')} FROM ${table} AS c ${joined.join(' ')} GROUP BY ALL LIMIT 100`,
    );
    expect(rows.length).toBeGreaterThan(0);
  });
});

interface Dataset {
  table_name: string;
  schema: string;
  main_dttm_col: string;
  database_uuid: string;
  metrics: { metric_name: string; expression: string }[];
  columns: { column_name: string; type: string; is_dttm: boolean; description: string }[];
}

describe('superset/', () => {
  const folder = 'superset/meterhouse';
  const datasets = filesIn(`${folder}/datasets/Meterhouse`).map(
    (file) => parse(textOf(`${folder}/datasets/Meterhouse/${file}`)) as Dataset,
  );

  it.each(datasets)('$table_name has the columns of the view', async ({ schema, table_name: table, columns }) => {
    const viewed = await rowsOf(
      `SELECT name, type, comment FROM system.columns WHERE database = '${schema}' AND table = '${table}' ORDER BY position`,
    );
    expect(columns.map(({ column_name: name, type, description }) => [name, type, description])).toEqual(viewed);
  });

  it.each(datasets)('$table_name has metrics that can be read over time', async (dataset) => {
    const metrics = dataset.metrics.map(({ metric_name: name, expression }) => `${expression} AS \`${name}_\``);
    const day = `toStartOfDay(toDateTime(${dataset.main_dttm_col}))`;
    const from = `${dataset.schema}.${dataset.table_name}`;
    const rows = await rowsOf(`SELECT ${day} AS day, ${metrics.join(', ')} FROM ${from} GROUP BY ${day} LIMIT 100`);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('names the one database', () => {
    const { uuid } = parse(textOf(`${folder}/databases/Meterhouse.yaml`)) as { uuid: string };
    expect(new Set(datasets.map(({ database_uuid: own }) => own))).toEqual(new Set([uuid]));
    expect(parse(textOf(`${folder}/metadata.yaml`))).toMatchObject({ version: '1.0.0', type: 'SqlaTable' });
  });
});
