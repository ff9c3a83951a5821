/** A client of the service: what it sends is made before the clock starts, so that it costs the machine little. */
import http from 'node:http';

/** As many senders as wait for an answer at once. */
export const CONNECTIONS = 8;

export class Client {
  agent = new http.Agent({ keepAlive: true });

  constructor(service) {
    this.service = service;
  }

  /**
   * Sends events.
   * @param path `/events` and its query
   * @returns milliseconds until the answer was read
   * @throws Error with the answer where it is not 202 or not all events were accepted
   */
  post(path, body, count) {
    const began = performance.now();
    const headers = {
      authorization: `Bearer ${this.service.adminKey}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    return new Promise((resolve, reject) => {
      const request = http.request(this.service.url + path, { agent: this.agent, method: 'POST', headers });
      request.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => (text += part));
        response.on('end', () => {
          if (response.statusCode === 202 && JSON.parse(text).accepted === count) resolve(performance.now() - began);
          else reject(new Error(`${response.statusCode}: ${text}`));
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** The service's processor time in seconds, and its memory in bytes. */
  async processFigures() {
    const text = await (await fetch(`${this.service.url}/metrics`)).text();
    const read = (name) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
    return { cpu: read('process_cpu_seconds_total'), memory: read('process_resident_memory_bytes') };
  }

  close() {
    this.agent.destroy();
  }
}

/** The result of `work` for each item, `CONNECTIONS` of them at a time. */
export async function inParallel(items, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index]);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return results;
}
