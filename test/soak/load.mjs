/** What a busy service does all day: events come in, people read, export, watch and change keys. */
import http from 'node:http';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../../bench/lib.mjs';

const BATCH = 500;
const READS = [
  'timeframe=1h&granularity=minute',
  'timeframe=24h&granularity=hour&groupBy=endpoint&groupLimit=5',
  'timeframe=24h&compare=previous&sort=errors',
  'timeframe=7d&granularity=day&statusCode=500',
  'timeframe=30d&includeBreakdown=false',
];
const EXPORTS = ['table=timeSeries&format=csv', 'table=endpoints&format=parquet', 'table=errorTypes&format=ndjson'];
const STREAMS = 5;

/** A running load. `service` is what `startService` resolves to. */
export class Load {
  counts = { events: 0, reads: 0, exports: 0, streams: 0, keys: 0 };
  /** What was answered otherwise than it should be, each once. */
  faults = new Set();
  #random = seeded(7);
  #agent = new http.Agent({ keepAlive: true });
  #streams = new Set();
  #running = [];
  #ended = false;

  constructor(service) {
    this.service = service;
  }

  async start() {
    const permissions = ['usage:read', 'events:write', 'keys:read', 'keys:write'];
    const made = await this.#call('POST', '/keys', this.service.adminKey, {
      name: 'Soak',
      accountId: 'soak',
      tier: 'enterprise',
      permissions,
    });
    this.key = made.apiKey;
    this.#running = [
      this.#repeat(250, () => this.#send()),
      this.#repeat(250, () => this.#send()),
      this.#repeat(200, () => this.#read()),
      this.#repeat(2_000, () => this.#export()),
      this.#repeat(1_000, () => this.#changeKeys()),
      this.#repeat(2_000, () => this.#watch()),
    ];
  }

  /** Ends the load, and resolves when every event that was accepted is in ClickHouse. */
  async end() {
    this.#ended = true;
    await Promise.all(this.#running);
    for (const stream of this.#streams) stream.destroy();
    await this.#send('?wait=true');
    this.#agent.destroy();
  }

  /** Requests that the service counts. */
  async counted() {
    const from = new Date(Date.now() - 7_200_000).toISOString();
    const { usage } = await this.#call('GET', `/usage?from=${from}&to=${new Date().toISOString()}`, this.key);
    return usage.totalRequests;
  }

  async #repeat(everyMs, work) {
    for (let next = Date.now(); !this.#ended; next = Math.max(next + everyMs, Date.now())) {
      await work().catch((error) => this.faults.add(error.message));
      await sleep(Math.max(0, next + everyMs - Date.now()));
    }
  }

  async #send(query = '') {
    const body = Array.from({ length: BATCH }, () => this.#event());
    // The same ids again where the service was too busy.
    for (let tries = 1; ; tries++) {
      const answer = await this.#call('POST', `/events${query}`, this.key, body, [202, 503]);
      if (answer.success) {
        this.counts.events += answer.accepted;
        return;
      }
      if (tries === 20) throw new Error(`Events are refused: ${answer.message}`);
      await sleep(500);
    }
  }

  /** Of the last ten minutes, most of them of the last second. */
  #event() {
    const statusCode = [200, 200, 200, 200, 201, 204, 404, 429, 500][Math.floor(this.#random() * 9)];
    return {
      id: randomUUID(),
      timestamp: Date.now() - Math.floor(this.#random() ** 8 * 600_000),
      method: this.#random() < 0.7 ? 'GET' : 'POST',
      endpoint: `/v1/things-${'abcdefghij'[Math.floor(this.#random() * 10)]}/${Math.floor(this.#random() * 1e6)}`,
      statusCode,
      latencyMs: 1 + this.#random() ** 4 * 900,
      requestBytes: Math.floor(this.#random() * 2_000),
      responseBytes: Math.floor(this.#random() * 20_000),
      ...(statusCode === 500 ? { errorType: 'UpstreamTimeout' } : {}),
    };
  }

  async #read() {
    await this.#call('GET', `/usage?${READS[this.counts.reads % READS.length]}`, this.key);
    this.counts.reads += 1;
  }

  async #export() {
    const query = EXPORTS[this.counts.exports % EXPORTS.length];
    await this.#request('GET', `/usage/export?timeframe=24h&${query}`, this.key);
    this.counts.exports += 1;
  }

  /** A key's whole life. */
  async #changeKeys() {
    const { keyId, apiKey } = await this.#call('POST', '/keys', this.key, { name: 'Short life' });
    await this.#call('GET', '/usage?timeframe=1h&includeBreakdown=false', apiKey);
    await this.#call('PATCH', `/keys/${keyId}`, this.key, { name: 'Still a short life' });
    await this.#call('POST', `/keys/${keyId}/rotate`, this.key);
    await this.#call('DELETE', `/keys/${keyId}`, this.key);
    this.counts.keys += 1;
  }

  /** Opens a stream; the oldest of too many ends, as when somebody closes the page. */
  async #watch() {
    const headers = { 'x-api-key': this.key };
    const stream = await new Promise((resolve, reject) => {
      http.get(`${this.service.url}/usage/live`, { headers }, resolve).on('error', reject);
    });
    if (stream.statusCode !== 200) throw new Error(`GET /usage/live answers ${stream.statusCode}.`);
    stream.on('error', () => undefined).resume();
    this.#streams.add(stream);
    this.counts.streams += 1;
    const [oldest] = this.#streams;
    if (this.#streams.size <= STREAMS) return;
    this.#streams.delete(oldest);
    oldest.destroy();
  }

  /** @param expected statuses beside 200 and 201 */
  async #call(method, path, key, body, expected = []) {
    return JSON.parse((await this.#request(method, path, key, body, expected)).toString('utf8'));
  }

  #request(method, path, key, body, expected = []) {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) };
      const request = http.request(this.service.url + path, { method, headers, agent: this.#agent }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(parts);
          if ([200, 201, ...expected].includes(response.statusCode)) return resolve(bytes);
          const said = bytes.toString('utf8').slice(0, 300);
          reject(new Error(`${method} ${path.split('?')[0]} answers ${response.statusCode}: ${said}`));
        });
      });
      request.on('error', reject);
      request.end(body && JSON.stringify(body));
    });
  }
}
