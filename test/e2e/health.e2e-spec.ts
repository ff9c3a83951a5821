/** The probes, the metrics and the documentation of the built service. */
import { type Service, startService } from './support/service';

describe('the built service', () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService();
  }, 30_000);

  afterAll(() => service.stop());

  const get = (path: string): Promise<Response> => fetch(service.url + path, { redirect: 'manual' });

  it.each(['live', 'ready'])('is %s, for anybody', async (status) => {
    const response = await get(`/health/${status}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ success: true, status, timestamp: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  it('sends a browser to the dashboard', async () => {
    const response = await get('/');
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/app');
  });

  it('serves Swagger UI with nothing from another host', async () => {
    const page = await (await get('/docs')).text();
    expect(page).toContain('Meterhouse API');
    const assets = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      expect(asset).toMatch(/^\.\/docs\//);
      const response = await get(asset.slice(1));
      await response.arrayBuffer();
      expect([asset, response.status]).toEqual([asset, 200]);
    }
  });

  it('serves its OpenAPI document', async () => {
    const response = await get('/openapi.json');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      openapi: '3.0.3',
      info: { title: 'Meterhouse' },
      paths: { '/health/ready': { get: { operationId: 'getReady' } } },
      components: { securitySchemes: { bearer: { scheme: 'bearer' }, apiKey: { name: 'X-API-Key' } } },
    });
  });

  it('has an ETag for its OpenAPI document, so that it is sent once', async () => {
    const first = await get('/openapi.json');
    await first.arrayBuffer();
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    const again = await fetch(`${service.url}/openapi.json`, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  });

  it('counts requests by route template, method and status class', async () => {
    await get('/health/live');
    await get('/no-such-path/42');
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain');
    const text = await response.text();
    expect(text).toMatch(/^meterhouse_http_requests_total\{route="\/health\/live",method="GET",status="2xx"\} [1-9]/m);
    expect(text).toMatch(
      /^meterhouse_http_request_duration_seconds_count\{route="unmatched",method="GET",status="4xx"\}/m,
    );
    expect(text).not.toContain('no-such-path');
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
  });

  it("gives an unknown path the contract's error", async () => {
    const response = await get('/no-such-path');
    expect(response.status).toBe(404);
    const body: unknown = await response.json();
    expect(body).toEqual({
      success: false,
      error: 'NOT_FOUND',
      message: expect.stringContaining('GET /no-such-path'),
      requestId: response.headers.get('x-request-id'),
      timestamp: expect.stringMatching(/Z$/),
    });
  });

  it('keeps a second process off its data folder, with a sentence that says why', async () => {
    const second = startService({ DATA_DIR: service.dataDir });
    await expect(second).rejects.toThrow(/DATA_DIR .* is in use by another Meterhouse process \(\d+\)/);
    expect((await get('/health/ready')).status).toBe(200);
  });
});
