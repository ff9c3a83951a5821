/** Bounds the connections of all clients, and the calls that wait for their answers on one of them. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Calls without an answer on one connection (HTTP pipelining), the running one among them; more end the connection. */
export const MAX_UNANSWERED_CALLS = 16;

/** What waits for the end of an answer, at most: a compressed export has eleven, and Node warns of a leak past ten. */
const MAX_LISTENERS = 20;

/**
 * When the limit is reached, the connection that has had no running call for longest is closed for a new one; where all
 * have one, the new one is closed.
 */
export class Connections {
  private readonly open = new Map<Socket, Connection>();
  /** Without a running call, the longest first. */
  private readonly idle = new Set<Socket>();

  /** @param handle serves one call */
  constructor(
    private readonly limit: number,
    private readonly handle: RequestListener,
  ) {}

  /** Connections that are open. */
  get size(): number {
    return this.open.size;
  }

  add(socket: Socket): void {
    if (this.open.size >= this.limit) {
      const [longestIdle = socket] = this.idle;
      this.close(longestIdle);
      if (longestIdle === socket) return;
    }
    this.open.set(
      socket,
      new Connection(socket, this.handle, (isBusy) => {
        if (isBusy) this.idle.delete(socket);
        else if (this.open.has(socket)) this.idle.add(socket);
      }),
    );
    this.idle.add(socket);
    stopParsingOnceDestroyed(socket);
    socket.once('close', () => this.close(socket));
  }

  /** A server's listener for `request`. */
  receive(request: IncomingMessage, response: ServerResponse): void {
    this.open.get(request.socket)?.receive({ request, response });
  }

  private close(socket: Socket): void {
    this.open.delete(socket);
    this.idle.delete(socket);
    socket.destroy();
  }
}

/** What Node's parser is to be told when it should stop behind the head of a request: as before an upgrade. */
const STOP = 2;

/**
 * Node parses a chunk to its end, also for a socket that has been destroyed meanwhile: thousands of calls, in tens of
 * milliseconds. Its parser is not documented; where there is none of this form, `Connection` drops the calls one by one.
 */
function stopParsingOnceDestroyed(socket: Socket & { parser?: unknown }): void {
  const { parser } = socket;
  if (typeof parser !== 'object' || parser === null || !('onIncoming' in parser)) return;
  const { onIncoming } = parser;
  if (typeof onIncoming !== 'function') return;
  const parse = (head: unknown[]): unknown => Reflect.apply(onIncoming, undefined, head);
  parser.onIncoming = (...head: unknown[]) => (socket.destroyed ? STOP : parse(head));
}

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
}

/**
 * Serves the calls of one connection one after the other, as their answers must leave it: so that only one answer of it is
 * in memory. Node may have parsed many calls before the first is served; what waits when the connection is destroyed is
 * dropped.
 */
class Connection {
  private isBusy = false;
  private waiting: Call[] = [];

  constructor(
    private readonly socket: Socket,
    private readonly handle: RequestListener,
    private readonly changed: (isBusy: boolean) => void,
  ) {}

  receive(call: Call): void {
    if (this.socket.destroyed) return;
    if (!this.isBusy) return this.serve(call);
    this.waiting.push(call);
    if (this.waiting.length >= MAX_UNANSWERED_CALLS) this.socket.destroy();
  }

  private serve({ request, response }: Call): void {
    this.isBusy = true;
    this.changed(true);
    response.setMaxListeners(MAX_LISTENERS);
    // Comes once the system has taken the answer, or the connection has gone.
    response.once('close', () => this.next());
    this.handle(request, response);
  }

  private next(): void {
    const call = this.waiting.shift();
    // An answer that closes the connection leaves those behind it without one.
    if (call && !this.socket.destroyed && call.response.socket === this.socket) return this.serve(call);
    this.waiting = [];
    this.isBusy = false;
    this.changed(false);
  }
}
