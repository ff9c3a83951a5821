/** A server for specs: gives prepared answers, and records the calls. */
import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  /** Inflated. */
  body: string;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON, a text as it is; `hang up` closes the connection instead. */
  body: unknown;
}

export class FakeService {
  readonly asked: Asked[] = [];
  private readonly server;

  private constructor(answer: (asked: Asked, number: number) => Reply | 'hang up') {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks);
        const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
        const asked = {
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body: body.toString(),
        };
        this.asked.push(asked);
        const reply = answer(asked, this.asked.length);
        if (reply === 'hang up') return void request.socket.destroy();
        response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
        response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
      });
    });
  }

  static async start(answer: (asked: Asked, number: number) => Reply | 'hang up'): Promise<FakeService> {
    const service = new FakeService(answer);
    await new Promise<void>((resolve) => service.server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get url(): string {
    // A server that listens on a port has an address of this kind.
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** The answer of `POST /events` when all events are new. */
export function allAccepted(asked: Asked): Reply {
  return { status: 202, body: { success: true, accepted: eventsIn(asked).length, duplicates: 0, rejected: [] } };
}

export function eventsIn({ body }: Asked): Record<string, unknown>[] {
  return body.split('\n').map((line) => {
    const event: unknown = JSON.parse(line);
    return typeof event === 'object' ? { ...event } : {};
  });
}
