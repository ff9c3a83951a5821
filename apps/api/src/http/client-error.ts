/** Answers what never becomes a request, because it is not HTTP or too much of it, in the form of every other error. */
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { ApiException } from './api-exception';
import { isAnswered } from './early-answer';
import { errorBody } from './error.filter';
import { SAFE_HEADERS } from './safe-headers';

const MESSAGES: Record<string, string> = {
  HPE_HEADER_OVERFLOW: 'The URL and the headers together are longer than 16 KiB; send shorter ones.',
  ERR_HTTP_REQUEST_TIMEOUT: 'The request did not arrive in time; send it again.',
};

const NO_REQUEST = 'This is not an HTTP request that can be read; check its first line and headers.';

/** The connection ends with the answer. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswered(socket)) {
    socket.destroy();
    return;
  }
  const message = MESSAGES[error.code ?? ''] ?? NO_REQUEST;
  const json = JSON.stringify(errorBody(new ApiException('INVALID_PARAMETERS', message), randomUUID()));
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(json),
    Connection: 'close',
    ...SAFE_HEADERS,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 400 Bad Request\r\n${lines.join('')}\r\n${json}`);
}
