/** What a caller of an account reads of the views, past the statement checks of `POST /sql`. */
import { type ClickHouse, type Row, toRows } from '@meterhouse/clickhouse';
import { Slices } from '@meterhouse/common';

const LIMITS = { seconds: 60, memoryBytes: 1_000_000_000, rowsToRead: 1_000_000_000 };

/** @param account null for all accounts, as an admin reads them */
export async function readViews(clickhouse: ClickHouse, account: string | null, sql: string): Promise<Row[]> {
  const handle = clickhouse.openCaller();
  try {
    await handle.restrict({ account, limits: LIMITS, parameters: {}, settings: {} });
    const { signal } = new AbortController();
    const { bytes } = await handle.read(sql, 'JSONEachRow', signal);
    return await toRows(Buffer.from(bytes), new Slices(account, signal));
  } finally {
    await handle.close();
  }
}
