/** GET /usage over HTTP: one call, and many clients at once. */
import http from 'node:http';
import { EVENT } from './data.mjs';

export class Client {
  constructor({ url, adminKey }) {
    this.url = url;
    this.agent = new http.Agent({ keepAlive: true });
    this.headers = { authorization: `Bearer ${adminKey}` };
  }

  /** The bytes of the answer. @throws Error for any status but 200 */
  get(path) {
    return new Promise((resolve, reject) => {
      const request = http.get(this.url + path, { agent: this.agent, headers: this.headers }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const body = Buffer.concat(parts);
          if (response.statusCode === 200) resolve(body);
          else reject(new Error(`${path}: ${response.statusCode} ${body.toString().slice(0, 300)}`));
        });
      });
      request.on('error', reject);
    });
  }

  /** Sends an event, and answers when it shows. */
  async write(account, event) {
    const response = await fetch(`${this.url}/events?accountId=${account}&wait=true`, {
      method: 'POST',
      headers: { ...this.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ ...EVENT, ...event }),
    });
    const answer = await response.json();
    if (answer.accepted !== 1) throw new Error(`POST /events: ${response.status} ${JSON.stringify(answer)}`);
  }

  close() {
    this.agent.destroy();
  }
}

/** Clients that each ask again as soon as they are answered, for some time: the wait for each answer, and answers a second. */
export async function crowd(client, pathOf, clients, milliseconds) {
  const waits = [];
  const began = performance.now();
  const until = began + milliseconds;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        const start = performance.now();
        await client.get(pathOf());
        waits.push(performance.now() - start);
      }
    }),
  );
  return { waits, perSecond: (1_000 * waits.length) / (performance.now() - began) };
}
