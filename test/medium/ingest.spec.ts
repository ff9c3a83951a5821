/**
 * Ingest on the real engine. Real: validation, the service, the writer, the deduplicator, ClickHouse and its views.
 * Not real: HTTP, and the keys, which are in memory.
 */
import { DAY } from '@meterhouse/common';
import { aSentEvent } from '../factories/events';
import { makeKey, sumsOf, useIngest } from './ingest-fixture';

const event = (more: Record<string, unknown> = {}) => aSentEvent({ latencyMs: 10, ...more });

describe('ingest', () => {
  jest.setTimeout(60_000);

  const ingest = useIngest();

  it('stores an event with all its fields', async () => {
    const caller = ingest.registry.add(makeKey('k-fields', 'fields'));
    const at = Date.now() - DAY;
    await ingest.service.ingest(
      caller,
      {
        id: `it's "\\ é 😀;`,
        timestamp: at,
        method: 'post',
        endpoint: '/a b/é/42?x',
        statusCode: 503,
        latencyMs: 1.2345,
        requestBytes: 7,
        responseBytes: 2 ** 40,
      },
      undefined,
    );
    const [row] = await ingest.engine.clickhouse.query(
      `SELECT *, toUnixTimestamp64Milli(timestamp) AS at FROM events WHERE account_id = 'fields'`,
    );
    expect(row?.string('key_id')).toBe('k-fields');
    expect(row?.string('id')).toBe(`it's "\\ é 😀;`);
    expect(row?.boolean('has_client_id')).toBe(true);
    expect(row?.number('at')).toBe(at);
    expect(row?.string('method')).toBe('POST');
    expect(row?.string('endpoint')).toBe('/a%20b/é/{id}');
    expect(row?.number('status_code')).toBe(503);
    expect(row?.number('latency_us')).toBe(1_235);
    expect(row?.number('request_bytes')).toBe(7);
    expect(row?.number('response_bytes')).toBe(2 ** 40);
    expect(row?.string('error_type')).toBe('service_unavailable');
  });

  it('lets one bad event cost the others nothing', async () => {
    const caller = ingest.registry.add(makeKey('k-bad', 'bad'));
    const result = await ingest.service.ingest(
      caller,
      [event(), event({ id: 'b', statusCode: 'OK' }), event({ keyId: 'nobody' }), null, event({ colour: 1 }), event()],
      undefined,
    );
    expect(result).toMatchObject({
      success: true,
      accepted: 2,
      duplicates: 0,
      rejected: [
        { index: 1, id: 'b', error: 'INVALID_PARAMETERS' },
        { index: 2, id: null, error: 'KEY_NOT_FOUND' },
        { index: 3, id: null, error: 'INVALID_PARAMETERS' },
        { index: 4, id: null, error: 'INVALID_PARAMETERS' },
      ],
    });
    expect((await sumsOf(ingest.engine.clickhouse, 'events', 'bad')).requests).toBe(2);
  });

  it('refuses a call without a good event, and says why for the first twenty', async () => {
    const caller = ingest.registry.add(makeKey('k-all-bad', 'all-bad'));
    const bad = Array.from({ length: 30 }, () => event({ statusCode: 0 }));
    await expect(ingest.service.ingest(caller, bad, undefined)).rejects.toMatchObject({
      code: 'INVALID_PARAMETERS',
      message: expect.stringMatching(/^None of the 30 events is valid\. The first: statusCode should/) as string,
      details: expect.arrayContaining([expect.objectContaining({ field: 'events[19]' })]) as unknown[],
    });
    await expect(ingest.service.ingest(caller, event({ latencyMs: -1 }), undefined)).rejects.toMatchObject({
      message: 'latencyMs should be a number from 0 to 3600000, but is -1.',
    });
  });

  describe('keys', () => {
    it('takes any key of the own account, revoked ones too, and no other', async () => {
      const caller = ingest.registry.add(makeKey('k-own', 'own'));
      ingest.registry.add({ ...makeKey('k-revoked', 'own'), revokedAt: 1 });
      ingest.registry.add(makeKey('k-foreign', 'foreign'));
      const sent = [event({ keyId: 'k-revoked' }), event({ keyId: 'k-foreign' }), event({ keyId: 'k-unknown' })];
      const result = await ingest.service.ingest(caller, sent, undefined);
      expect(result.accepted).toBe(1);
      const [foreign, unknown] = result.rejected;
      expect(foreign?.message.replace('k-foreign', '')).toBe(unknown?.message.replace('k-unknown', ''));
      expect(result.rejected.map(({ error }) => error)).toEqual(['KEY_NOT_FOUND', 'KEY_NOT_FOUND']);
      expect((await sumsOf(ingest.engine.clickhouse, 'events', 'foreign')).requests).toBe(0);
    });

    it('lets nobody but an admin name another account', async () => {
      const caller = ingest.registry.add(makeKey('k-self', 'self'));
      await expect(ingest.service.ingest(caller, event(), 'other')).rejects.toMatchObject({ code: 'FORBIDDEN' });
      expect((await ingest.service.ingest(caller, event(), 'self')).accepted).toBe(1);
    });

    it('gives the events of an admin to the account of the key they name', async () => {
      const admin = ingest.registry.add(makeKey('k-admin', 'house', ['admin']));
      ingest.registry.add(makeKey('k-tenant', 'tenant'));
      const result = await ingest.service.ingest(
        admin,
        [event({ keyId: 'k-tenant' }), event(), event({ keyId: 'new' })],
        undefined,
      );
      expect(result).toMatchObject({ accepted: 2, rejected: [{ index: 2, error: 'KEY_NOT_FOUND' }] });
      expect((await sumsOf(ingest.engine.clickhouse, 'usage_day', 'tenant')).requests).toBe(1);
      expect((await sumsOf(ingest.engine.clickhouse, 'usage_day', 'house')).requests).toBe(1);
    });

    it('lists keys it has not seen as external when an admin names their account', async () => {
      const admin = ingest.registry.add(makeKey('k-admin2', 'house2', ['admin']));
      ingest.registry.add(makeKey('k-else', 'elsewhere'));
      const sent = [
        event({ keyId: 'ext:1' }),
        event({ keyId: 'ext:1' }),
        event({ keyId: 'ext 2' }),
        event({ keyId: 'k-else' }),
        event(),
        event({ keyId: 'ext:3', statusCode: 0 }),
      ];
      const result = await ingest.service.ingest(admin, sent, 'imported');
      expect(result.accepted).toBe(2);
      expect(result.rejected.map(({ index, error }) => [index, error])).toEqual([
        [2, 'INVALID_PARAMETERS'],
        [3, 'KEY_NOT_FOUND'],
        [4, 'INVALID_PARAMETERS'],
        [5, 'INVALID_PARAMETERS'],
      ]);
      expect(result.rejected[1]?.message).toBe(
        'Key "k-else" belongs to the account "elsewhere"; name that in accountId, or leave accountId out.',
      );
      expect(ingest.registry.list('imported').map(({ id }) => id)).toEqual(['ext:1']);
      expect((await sumsOf(ingest.engine.clickhouse, 'usage_hour', 'imported')).requests).toBe(2);
    });
  });
});
