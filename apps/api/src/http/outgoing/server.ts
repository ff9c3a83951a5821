/** The HTTP server under Fastify, whose connections and calls are bounded. */
import { type RequestListener, type Server, createServer } from 'node:http';
import { createServer as createListener } from 'node:net';
import { Connections } from './connections';
import { openFilesLimit } from './open-files';

/** Connections at once, where the process may open at least twice as many files. */
const MAX_CONNECTIONS = 4_096;

/** An idle connection is closed after this time. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;

/** A request's head and body must arrive within this time. */
const REQUEST_TIMEOUT_MS = 60_000;

/** A server whose listener for requests is `handle`. @param host that it will listen on */
export function boundedServer(handle: RequestListener, host: string): Server {
  const connections = new Connections(maxConnections(), handle);
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    (request, response) => connections.receive(request, response),
  );
  server.on('connection', (socket) => connections.add(socket));
  if (host === 'localhost') server.once('listening', () => listenOnOtherLoopback(server));
  return server;
}

/** `localhost` is 127.0.0.1 and ::1, of which Node listens on the first that it finds. */
function listenOnOtherLoopback(server: Server): void {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') return;
  // As Node's HTTP server takes connections.
  const other = createListener({ allowHalfOpen: true, noDelay: true }, (socket) => server.emit('connection', socket));
  // A machine need not have both.
  other.on('error', () => undefined).listen(bound.port, bound.address === '::1' ? '127.0.0.1' : '::1');
  server.once('close', () => other.close());
}

/** Half of the files that the process may open are for clients. */
function maxConnections(): number {
  const files = openFilesLimit();
  return files === undefined ? MAX_CONNECTIONS : Math.min(MAX_CONNECTIONS, Math.floor(files / 2));
}
