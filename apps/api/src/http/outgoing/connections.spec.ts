/** Connections and their calls over real sockets; what the calls do is the test's. */
import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { until } from '../../../../../test/support/until';
import { Connections, MAX_UNANSWERED_CALLS } from './connections';

interface Call {
  path: string;
  response: ServerResponse;
}

let server: Server;
let connections: Connections;
/** In the order in which they were served. */
let served: Call[];
/** Requests that Node has parsed. */
let parsed: number;
let clients: Client[];

/** A client's side of a connection. */
class Client {
  answer = '';
  closed = false;

  private constructor(readonly socket: Socket) {
    socket
      .on('error', () => undefined)
      .on('data', (part: Buffer) => (this.answer += part.toString('latin1')))
      .on('close', () => (this.closed = true));
  }

  static async open(): Promise<Client> {
    const { port } = server.address() as AddressInfo;
    const client = new Client(connect(port, '127.0.0.1'));
    clients.push(client);
    await Promise.all([once(client.socket, 'connect'), once(server, 'connection')]);
    return client;
  }

  call(...paths: string[]): void {
    this.socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''));
  }

  get bodies(): string[] {
    return [...this.answer.matchAll(/\r\n\r\n(\/\w+?)(?=HTTP|$)/g)].map(([, body = '']) => body);
  }
}

const LIMIT = 3;

beforeEach(async () => {
  served = [];
  parsed = 0;
  clients = [];
  connections = new Connections(LIMIT, (request: IncomingMessage, response: ServerResponse) => {
    served.push({ path: request.url ?? '', response });
  });
  server = createServer((request, response) => {
    parsed += 1;
    connections.receive(request, response);
  });
  server.on('connection', (socket) => connections.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  for (const { socket } of clients) socket.destroy();
  server.close();
});

/** Waits until the check passes; the test's own time-out ends the wait. */
async function soon(check: () => void): Promise<void> {
  await until(async () => {
    try {
      check();
      return true;
    } catch {
      return false;
    }
  });
}

const paths = (): string[] => served.map(({ path }) => path);

function reply(path: string, headers: Record<string, string> = {}): void {
  const length = String(path.length);
  const call = served.find((one) => one.path === path);
  call?.response.writeHead(200, { 'Content-Length': length, ...headers }).end(path);
}

describe('the calls of a connection', () => {
  it('are served one after the other, in order', async () => {
    const client = await Client.open();
    client.call('/a', '/b', '/c');
    await soon(() => expect(paths()).toEqual(['/a']));
    reply('/a');
    await soon(() => expect(paths()).toEqual(['/a', '/b']));
    reply('/b');
    await soon(() => expect(paths()).toEqual(['/a', '/b', '/c']));
    reply('/c');
    await soon(() => expect(client.bodies).toEqual(['/a', '/b', '/c']));
    client.call('/d');
    await soon(() => expect(paths()).toHaveLength(4));
  });

  it('end it when too many wait, and are not served then', async () => {
    const client = await Client.open();
    const other = await Client.open();
    client.call(...Array.from({ length: 1_500 }, (_, index) => `/p${index}`));
    await soon(() => expect(client.closed).toBe(true));
    // What the same chunk holds beyond is not even parsed.
    expect(parsed).toBe(MAX_UNANSWERED_CALLS + 1);
    reply('/p0');
    other.call('/other');
    await soon(() => expect(paths()).toEqual(['/p0', '/other']));
  });

  it('may be sixteen', async () => {
    const client = await Client.open();
    const all = Array.from({ length: MAX_UNANSWERED_CALLS }, (_, index) => `/p${index}`);
    client.call(...all);
    for (const path of all) {
      await soon(() => expect(paths()).toContain(path));
      reply(path);
    }
    await soon(() => expect(client.bodies).toEqual(all));
  });

  it('are not served for a client that has gone', async () => {
    const client = await Client.open();
    client.call('/a', '/b');
    await soon(() => expect(paths()).toEqual(['/a']));
    client.socket.destroy();
    await soon(() => expect(connections.size).toBe(0));
    reply('/a');
    const other = await Client.open();
    other.call('/other');
    await soon(() => expect(paths()).toEqual(['/a', '/other']));
  });

  it('are not served behind an answer that closes the connection', async () => {
    const client = await Client.open();
    client.call('/a', '/b');
    await soon(() => expect(paths()).toEqual(['/a']));
    reply('/a', { Connection: 'close' });
    await soon(() => expect(client.closed).toBe(true));
    expect([paths(), client.bodies]).toEqual([['/a'], ['/a']]);
  });
});

describe('past the limit', () => {
  it('the connection that has been idle for longest makes room', async () => {
    const [first, second, third] = [await Client.open(), await Client.open(), await Client.open()];
    first.call('/a');
    await soon(() => expect(paths()).toEqual(['/a']));
    reply('/a');
    await soon(() => expect(first.bodies).toEqual(['/a']));
    // Idle are now, the longest first: second, third, first.
    await Client.open();
    await soon(() => expect(second.closed).toBe(true));
    await Client.open();
    await soon(() => expect(third.closed).toBe(true));
    expect([first.closed, connections.size]).toEqual([false, LIMIT]);
  });

  it('a connection with a running call stays, and without an idle one the new one is closed', async () => {
    const busy = [await Client.open(), await Client.open(), await Client.open()];
    busy.forEach((client, index) => client.call(`/p${index}`));
    await soon(() => expect(paths()).toHaveLength(LIMIT));
    const refused = await Client.open();
    await soon(() => expect(refused.closed).toBe(true));
    expect(busy.some(({ closed }) => closed)).toBe(false);
    reply('/p1');
    await soon(() => expect(busy[1]?.bodies).toEqual(['/p1']));
    const next = await Client.open();
    await soon(() => expect(busy[1]?.closed).toBe(true));
    expect(next.closed).toBe(false);
  });
});
