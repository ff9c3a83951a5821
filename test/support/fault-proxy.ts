/** A proxy between the service and ClickHouse that makes the faults a test asks for. */
import { once } from 'node:events';
import { Agent, type IncomingMessage, Server, type ServerResponse, request as send } from 'node:http';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type Fault =
  /** Connections are refused, and those that stand are cut. */
  | 'down'
  /** Requests stay unanswered until `heal`, and are passed on then. */
  | 'hanging'
  /** Requests are passed on `SLOW_MS` late, or at `heal`. */
  | 'slow'
  /** ClickHouse says code 252, TOO_MANY_PARTS. */
  | 'refusing'
  /** ClickHouse says code 497, ACCESS_DENIED: the user lacks a right. */
  | 'denying'
  /** The connection is reset while the request is being sent; ClickHouse gets nothing. */
  | 'reset before'
  /** The connection is reset when ClickHouse has run the statement: the sender cannot know. */
  | 'reset after'
  /** ClickHouse has run the statement, and its answer breaks off in the middle. */
  | 'half'
  /** A page of a proxy's own, status 502. */
  | 'page'
  /** A page of somebody else's, status 200: a name that leads to the wrong server. */
  | 'wrong page';

/** True for the statements that a fault strikes. */
export type Strikes = (statement: string) => boolean;

/** Inserts of events, and nothing else. */
export const eventInserts: Strikes = (statement) => /^\s*INSERT INTO events\b/.test(statement);

/** Longer than a readiness probe waits. */
const SLOW_MS = 3_000;

const REFUSAL =
  'Code: 252. DB::Exception: Too many parts (3000 with average size of 1.00 KiB). Merges are processing significantly ' +
  'slower than inserts. (TOO_MANY_PARTS) (version 26.7.2.1 (official build))\n';
const DENIAL =
  'Code: 497. DB::Exception: api: Not enough privileges. To execute this query, it is necessary to have the grant KILL ' +
  'QUERY ON *.*. (ACCESS_DENIED) (version 26.7.2.1 (official build))\n';
const PAGE =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n';

interface Answer {
  status: number;
  headers: [string, string][];
  body: Buffer;
}

export class FaultProxy {
  /** Requests that met a fault since the last `fail`. */
  struck = 0;
  private fault: Fault | undefined;
  private strikes: Strikes = () => true;
  private release: () => void = () => undefined;
  private healed: Promise<void> = Promise.resolve();
  private port = 0;
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server = new Server({ maxHeaderSize: 1_048_576 }, (request, response) => {
    // A connection that breaks, on either side, breaks on the other.
    this.handle(request, response).catch(() => request.socket.destroy());
  });

  private constructor(private readonly target: string) {}

  /** A proxy on a free port that passes everything on. @param target a URL without a slash at its end */
  static async open(target: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await proxy.listen();
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** From now on, every request whose statement matches meets the fault; `down` takes them all. */
  async fail(fault: Fault, strikes: Strikes = () => true): Promise<void> {
    await this.heal();
    this.fault = fault;
    this.strikes = strikes;
    this.struck = 0;
    this.healed = new Promise((resolve) => (this.release = resolve));
    if (fault === 'down') await this.unlisten();
  }

  /** Passes everything on again, also what hangs. */
  async heal(): Promise<void> {
    if (this.fault === 'down') await this.listen();
    this.fault = undefined;
    this.release();
  }

  async close(): Promise<void> {
    this.release();
    if (this.server.listening) await this.unlisten();
    this.agent.destroy();
  }

  private async listen(): Promise<void> {
    await once(this.server.listen(this.port, '127.0.0.1'), 'listening');
    const address = this.server.address();
    if (typeof address === 'object' && address !== null) this.port = address.port;
  }

  private async unlisten(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const named = new URL(request.url ?? '/', this.target).searchParams.get('query');
    if (this.fault === 'reset before' && named !== null && this.strikes(named)) {
      await once(request, 'data');
      this.struck += 1;
      request.socket.resetAndDestroy();
      return;
    }
    const body = await buffer(request);
    if (this.fault === undefined || !this.strikes(named ?? body.toString())) {
      respond(response, await this.forward(request, body));
      return;
    }
    this.struck += 1;
    await this.strike(this.fault, request, body, response);
  }

  private async strike(fault: Fault, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    switch (fault) {
      case 'hanging':
        await this.healed;
        return respond(response, await this.forward(request, body));
      case 'slow':
        await Promise.race([this.healed, new Promise((resolve) => setTimeout(resolve, SLOW_MS).unref())]);
        return respond(response, await this.forward(request, body));
      case 'refusing':
        return respond(
          response,
          text(500, 'text/plain; charset=UTF-8', REFUSAL, ['X-ClickHouse-Exception-Code', '252']),
        );
      case 'denying':
        return respond(
          response,
          text(403, 'text/plain; charset=UTF-8', DENIAL, ['X-ClickHouse-Exception-Code', '497']),
        );
      case 'page':
        return respond(response, text(502, 'text/html', PAGE));
      case 'wrong page':
        return respond(response, text(200, 'text/html', PAGE));
      case 'half':
        return cutInHalf(request.socket, await this.forward(request, body));
      case 'reset after':
        await this.forward(request, body);
        request.socket.resetAndDestroy();
        return;
      default:
        request.socket.resetAndDestroy();
    }
  }

  /** @throws Error when ClickHouse does not answer */
  private async forward(request: IncomingMessage, body: Buffer): Promise<Answer> {
    const { 'transfer-encoding': _, connection: __, ...headers } = request.headers;
    const forwarded = send(this.target + (request.url ?? '/'), {
      method: request.method,
      agent: this.agent,
      headers: { ...headers, 'content-length': String(body.length) },
    });
    const answered = once(forwarded, 'response');
    forwarded.end(body);
    const [answer] = (await answered) as [IncomingMessage];
    return {
      status: answer.statusCode ?? 500,
      headers: Object.entries(answer.headersDistinct).flatMap(([name, values]) =>
        ['connection', 'keep-alive', 'transfer-encoding', 'content-length'].includes(name)
          ? []
          : (values ?? []).map((value): [string, string] => [name, value]),
      ),
      body: await buffer(answer),
    };
  }
}

function text(status: number, type: string, content: string, ...headers: [string, string][]): Answer {
  return { status, headers: [['Content-Type', type], ...headers], body: Buffer.from(content) };
}

function respond(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, [...answer.headers, ['Content-Length', String(answer.body.length)]].flat());
  response.end(answer.body);
}

/** Sends the first half of the bytes of an answer, head and body together, and closes. */
function cutInHalf(socket: Socket, answer: Answer): void {
  const head = [
    `HTTP/1.1 ${answer.status} OK`,
    ...answer.headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${answer.body.length}`,
  ].join('\r\n');
  const bytes = Buffer.concat([Buffer.from(`${head}\r\n\r\n`), answer.body]);
  // A long body is cut behind its head, a short one within the head: the two look different to the receiver.
  socket.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => socket.destroy());
}
