import { Injectable } from '@nestjs/common';
import { type CallerHandle, ClickHouse } from '@meterhouse/clickhouse';
import type { EngineFunction } from './statement/functions';

@Injectable()
export class SqlRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Whether callers' statements can run here; a ClickHouse server serves them itself. */
  get available(): boolean {
    return this.clickhouse.embedded;
  }

  openCaller(): CallerHandle {
    return this.clickhouse.openCaller();
  }

  /** Of the engine, such as `26.7.2.1`. */
  async version(): Promise<string> {
    const [row] = await this.clickhouse.query('SELECT version() AS version');
    return row?.string('version') ?? '';
  }

  /** The functions that the engine knows. */
  async functions(): Promise<EngineFunction[]> {
    const rows = await this.clickhouse.query(`
      SELECT name, categories, alias_to, case_insensitive, is_aggregate
      FROM system.functions
    `);
    return rows.map((row) => ({
      name: row.string('name'),
      categories: row.string('categories'),
      aliasTo: row.string('alias_to'),
      caseInsensitive: row.boolean('case_insensitive'),
      aggregate: row.boolean('is_aggregate'),
    }));
  }
}
