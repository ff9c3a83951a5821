/** The key that a client of the SQL port sends: it is the password, and the user is free. */
import type { IncomingHttpHeaders } from 'node:http';
import { PortError } from './port-error';

/**
 * The password, sent in exactly one of ClickHouse's ways: Basic, `X-ClickHouse-User` and `-Key`, `user` and `password` in
 * the URL, or Bearer.
 * @throws PortError when there is none, or more than one
 */
export function passwordOf(headers: IncomingHttpHeaders, query: URLSearchParams): string {
  const ways = [ofAuthorization(headers.authorization), ofHeaders(headers), ofQuery(query)];
  const sent = ways.filter((way) => way !== undefined);
  if (sent.length > 1) {
    throw new PortError(516, 'AUTHENTICATION_FAILED', 'Send the user and the key in one way only, not in several.');
  }
  const [password = ''] = sent;
  if (password === '') {
    throw new PortError(194, 'REQUIRED_PASSWORD', 'Send an API key with sql:read as the password; any user will do.');
  }
  return password;
}

function ofAuthorization(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [, scheme = '', value = ''] = /^(\w+)\s+(.*)$/.exec(header) ?? [];
  if (/^bearer$/i.test(scheme)) return value.trim();
  if (!/^basic$/i.test(scheme))
    throw new PortError(516, 'AUTHENTICATION_FAILED', 'Authorization may be Basic or Bearer.');
  return Buffer.from(value, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:?/, '');
}

function ofHeaders(headers: IncomingHttpHeaders): string | undefined {
  const [user, key] = [headers['x-clickhouse-user'], headers['x-clickhouse-key']];
  return user === undefined && key === undefined ? undefined : String(key ?? '');
}

function ofQuery(query: URLSearchParams): string | undefined {
  return query.has('user') || query.has('password') ? (query.get('password') ?? '') : undefined;
}
