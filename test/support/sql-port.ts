/** The SQL port for specs: a reader's key of an account with 90 events, and another account with a secret in its 40. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { MINUTE } from '@meterhouse/common';
import { SqlPort } from '../../apps/api/src/sql/port/sql-port';
import { SqlModule } from '../../apps/api/src/sql/sql.module';
import { aRequest } from '../factories/events';
import { insertEvents } from './insert-events';
import { NOW, useKeysApi } from './keys-api';

/** The id of the other account, and part of the name of its endpoint. */
export const SECRET = 'planted-secret';

interface Sent {
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | Buffer | FormData;
  method?: string;
}

/** The port for the tests of a file; `reader` and `url` are there once they run. */
export function useSqlPort() {
  const api = useKeysApi(SqlModule);
  const port = { api, send, rawCall, url: '', reader: { id: '', secret: '', accountId: '' } };

  beforeAll(async () => {
    port.url = `http://127.0.0.1:${api.app.get(SqlPort).port}`;
    const permissions = ['sql:read'];
    const limits = { tier: 'enterprise', rateLimit: { requestsPerMinute: 100_000 } };
    port.reader = await api.make({ permissions, accountId: 'acme', ...limits });
    const other = await api.make({ permissions, accountId: SECRET });
    const events = (keyId: string, endpoint: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...aRequest(keyId, NOW - index * MINUTE), endpoint }));
    await insertEvents(api.clickhouse, 'acme', events(port.reader.id, '/v1/orders', 90));
    await insertEvents(api.clickhouse, SECRET, events(other.id, `/v1/${SECRET}`, 40));
  });

  /** A call with the reader's key as the password, unless its headers say otherwise. */
  async function send({ query = {}, headers, body, method = 'POST' }: Sent) {
    const sent = headers ?? { 'x-clickhouse-user': 'anybody', 'x-clickhouse-key': port.reader.secret };
    const answer = await fetch(`${port.url}/?${new URLSearchParams(query).toString()}`, {
      method,
      headers: sent,
      ...(body === undefined ? {} : { body: body as string }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, headers: answer.headers, bytes, text: bytes.toString('utf8') };
  }

  /** Sends bytes over a connection and returns what comes until it ends. */
  async function rawCall(text: string): Promise<{ head: string; body: Buffer }> {
    const socket = connect(Number(new URL(port.url).port), '127.0.0.1');
    const parts: Buffer[] = [];
    socket.on('data', (part: Buffer) => parts.push(part)).on('error', () => undefined);
    socket.write(text);
    await once(socket, 'close');
    const bytes = Buffer.concat(parts);
    const end = bytes.indexOf('\r\n\r\n');
    return { head: bytes.toString('latin1', 0, end), body: bytes.subarray(end + 4) };
  }

  return port;
}

export const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

/** The body of an answer that came in chunks. */
export function dechunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\r\n', at);
    const size = parseInt(bytes.toString('latin1', at, end), 16);
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
