/** What the specs of live usage share: the service on a socket with a clock that stands still, keys, and a client. */
import { once } from 'node:events';
import { type IncomingMessage, get } from 'node:http';
import { Metrics } from '../../apps/api/src/monitoring/metrics';
import { IngestModule } from '../../apps/api/src/ingest/ingest.module';
import type { LiveMinuteDto } from '../../apps/api/src/live/dto/live-minute.dto';
import { LiveModule } from '../../apps/api/src/live/live.module';
import { listen } from './socket-fixture';

export interface Message {
  id: number;
  data: LiveMinuteDto;
}

/** Reads a stream of server-sent events as a browser would. */
export class LiveClient {
  readonly messages: Message[] = [];
  /** Everything that came, comments too. */
  text = '';
  ended = false;
  private taken = 0;

  constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8').on('data', (part: string) => {
      this.text += part;
      this.parse();
    });
    // A connection that is cut is an end, too.
    response.on('error', () => undefined);
    response.once('close', () => {
      this.ended = true;
      response.emit('news');
    });
  }

  /** The next message. @throws Error when the stream ends before it */
  async next(): Promise<Message> {
    for (;;) {
      const message = this.messages[this.taken];
      if (message !== undefined) {
        this.taken += 1;
        return message;
      }
      if (this.ended) throw new Error('The stream has ended.');
      await once(this.response, 'news');
    }
  }

  /** The first message from here on that passes. */
  async until(passes: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const message = await this.next();
      if (passes(message)) return message;
    }
  }

  async end(): Promise<void> {
    while (!this.ended) await once(this.response, 'news');
  }

  close(): void {
    this.response.destroy();
  }

  /** What a client knows that puts every message together: the seconds of a minute, by their start. */
  known(minute: string): Record<string, unknown>[] {
    const seconds = new Map<string, Record<string, unknown>>();
    for (const { data } of this.messages.filter((message) => message.data.minute === minute)) {
      for (const second of data.seconds) seconds.set(second.timestamp, { ...second });
    }
    return [...seconds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, second]) => second);
  }

  private parse(): void {
    const blocks = this.text.split('\n\n').slice(0, -1);
    const parsed = blocks.flatMap((block) => {
      const fields = new Map(block.split('\n').map((line) => [line.split(':', 1)[0], line.replace(/^\w*: ?/, '')]));
      if (fields.get('event') !== 'minute') return [];
      return [{ id: Number(fields.get('id')), data: JSON.parse(fields.get('data') ?? '') as LiveMinuteDto }];
    });
    this.messages.push(...parsed.slice(this.messages.length));
    this.response.emit('news');
  }
}

export async function openLive(now: number) {
  const service = await listen(now, IngestModule, LiveModule);
  const { url } = service;

  /** Sends events and answers when they show. */
  async function send(secret: string, ...events: Record<string, unknown>[]): Promise<void> {
    const answer = await fetch(`${url}/events?wait=true`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(
        events.map((event) => ({ method: 'GET', endpoint: '/x', statusCode: 200, latencyMs: 10, ...event })),
      ),
    });
    expect([answer.status, await answer.json()]).toMatchObject([202, { accepted: events.length }]);
  }

  /** The answer's head, whatever it is. */
  async function request(secret: string, query = '', headers: Record<string, string> = {}): Promise<IncomingMessage> {
    const sent = get(`${url}/usage/live${query}`, {
      agent: false,
      headers: { authorization: `Bearer ${secret}`, ...headers },
    });
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return response;
  }

  async function watch(secret: string, query = '', lastEventId?: number | string): Promise<LiveClient> {
    const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) };
    const client = new LiveClient(await request(secret, query, headers));
    expect(client.response.statusCode).toBe(200);
    return client;
  }

  /** How many streams the service has open. */
  async function openStreams(): Promise<number> {
    return Number(/^meterhouse_live_streams (\d+)$/m.exec(await service.app.get(Metrics).text())?.[1]);
  }

  return { ...service, send, request, watch, openStreams };
}
