/** The request line of a log: a method and a path, or one of the things that are logged where no request came. */

import { HTTP_METHOD } from '@meterhouse/common';

/** An HTTP method and the path of a request, without its query string. */
export interface RequestLine {
  method: string;
  endpoint: string;
}

/** A line of the log that stands for no request; the text is the same for the same kind, so that it can be counted. */
export interface NoRequest {
  noRequest: string;
}

export const NO_REQUEST = {
  nothing: 'closed or timed out before a request',
  tls: 'TLS on a plain port',
  http2: 'HTTP/2 on a port without it',
  options: 'OPTIONS * (about the server, not a path)',
  connect: 'CONNECT (looking for a proxy)',
  protocol: 'another protocol',
  other: 'bytes that are not HTTP',
} as const;

/** Longer paths are cut: the name that usage is counted under is made from the first 256 characters. */
const MAX_PATH_LENGTH = 2_048;

/** How SSH, the remote desktop, SOCKS 4 and 5 begin, */
const OTHER_STARTS = ['SSH-', '\u0003\0\0', '\u0004\u0001', '\u0005\u0001', '\u0005\u0002'];
/** and how requests of streams and telephones end. */
const OTHER_END = / (?:RTSP|SIP)\/\d\.\d$/;

/** Reads `GET /path?query HTTP/1.1`, also without the protocol (HTTP/0.9) and with a whole URL. Escapes are read back before. */
export function parseRequestLine(request: string): RequestLine | NoRequest {
  const space = request.indexOf(' ');
  const target = space < 0 ? '' : request.slice(space + 1).replace(/ HTTP\/\d(?:\.\d)?$/, '');
  return requestOf(space < 0 ? request : request.slice(0, space), target);
}

/** Checks a method and the target of a request. */
export function requestOf(method: string, target: string): RequestLine | NoRequest {
  const path = HTTP_METHOD.test(method) && !OTHER_END.test(target) ? pathOf(target.trim()) : null;
  return path === null ? { noRequest: kindOfLine(method, target) } : { method: method.toUpperCase(), endpoint: path };
}

/** The path of `/path?query` or of `http://host/path`; null for anything else. */
function pathOf(target: string): string | null {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  if (path === '' && /^https?:/i.test(target)) return '/';
  if (!path.startsWith('/')) return null;
  return path
    .slice(0, MAX_PATH_LENGTH)
    .replace(/\p{Cc}/gu, encodeURIComponent)
    .slice(0, MAX_PATH_LENGTH);
}

function kindOfLine(method: string, target: string): string {
  if (target === '' && (method === '' || method === '-')) return NO_REQUEST.nothing;
  if (method.startsWith('\u0016\u0003')) return NO_REQUEST.tls;
  if (method === 'PRI') return NO_REQUEST.http2;
  if (method === 'OPTIONS' && target === '*') return NO_REQUEST.options;
  if (method === 'CONNECT') return NO_REQUEST.connect;
  const protocol = OTHER_STARTS.some((start) => method.startsWith(start)) || OTHER_END.test(target);
  return protocol ? NO_REQUEST.protocol : NO_REQUEST.other;
}
