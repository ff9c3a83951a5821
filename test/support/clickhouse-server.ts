/** The ClickHouse server of a test. */
import { randomUUID } from 'node:crypto';
import { ClickHouse } from '@meterhouse/clickhouse';
import { loadSettings } from '@meterhouse/common';
import { type ClickHouseFront, openClickHouseFront } from './clickhouse-front';

/** A new database of the server at `TEST_CLICKHOUSE_URL`, or where that is not set the embedded engine behind HTTP. */
export async function openClickHouseServer(): Promise<ClickHouseFront> {
  const server = process.env.TEST_CLICKHOUSE_URL;
  return server === undefined
    ? openClickHouseFront()
    : { url: await newDatabase(server), close: () => Promise.resolve() };
}

/** Makes a database on a server and returns its URL. Nobody drops it: the server is the tests' own. */
export async function newDatabase(server: string): Promise<string> {
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  const clickhouse = await ClickHouse.open(loadSettings({ CLICKHOUSE_URL: server }).storage);
  await clickhouse.command('CREATE DATABASE {database:Identifier}', { database });
  await clickhouse.close();
  return new URL(database, server).href;
}
