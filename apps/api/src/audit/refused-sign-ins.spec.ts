import fc from 'fast-check';
import { MINUTE, floorTo } from '@meterhouse/common';
import { RefusedSignIns } from './refused-sign-ins';

const START = Date.UTC(2026, 2, 2, 12);

const from = (address: string, keyId: string | null = null) => ({ keyId, accountId: keyId && 'acme', address });

describe('RefusedSignIns', () => {
  it('has an entry for each address, key and minute, with how often and why, once the minute has ended', () => {
    const refused = new RefusedSignIns();
    refused.add(from('192.0.2.1'), 'UNAUTHORIZED', START + 1);
    refused.add(from('192.0.2.1'), 'UNAUTHORIZED', START + 2);
    refused.add(from('192.0.2.1', 'key_1'), 'API_KEY_REVOKED', START + 3);
    refused.add(from('192.0.2.2'), 'API_KEY_EXPIRED', START + MINUTE);
    expect(refused.take(START + MINUTE - 1)).toEqual([]);
    const fields = { action: 'sign_in.refused', target: null, accountId: null };
    expect(refused.take(START + MINUTE)).toEqual([
      {
        ...fields,
        at: START + 1,
        actor: from('192.0.2.1'),
        details: { count: 2, errors: { UNAUTHORIZED: 2 }, until: '2026-03-02T12:00:00.002Z' },
      },
      {
        ...fields,
        at: START + 3,
        actor: from('192.0.2.1', 'key_1'),
        details: { count: 1, errors: { API_KEY_REVOKED: 1 }, until: '2026-03-02T12:00:00.003Z' },
      },
    ]);
    expect(refused.take(Infinity)).toMatchObject([{ at: START + MINUTE, actor: { address: '192.0.2.2' } }]);
    expect(refused.take(Infinity)).toEqual([]);
  });

  it('loses no count, and has at most 101 entries a minute, whatever comes', () => {
    const call = fc.record({
      address: fc.nat(250).map((host) => `192.0.2.${host}`),
      code: fc.constantFrom('UNAUTHORIZED', 'API_KEY_EXPIRED'),
      at: fc.nat(3 * MINUTE).map((after) => START + after),
    });
    fc.assert(
      fc.property(fc.array(call, { minLength: 200, maxLength: 600 }), (calls) => {
        const refused = new RefusedSignIns();
        for (const { address, code, at } of calls) refused.add(from(address), code, at);
        const entries = refused.take(Infinity);
        for (const minute of new Set(calls.map(({ at }) => floorTo('minute', at)))) {
          const inMinute = entries.filter(({ at }) => floorTo('minute', at) === minute);
          expect(inMinute.length).toBeLessThanOrEqual(101);
          const counted = inMinute.reduce((sum, { details }) => sum + Number(details.count), 0);
          expect(counted).toBe(calls.filter(({ at }) => floorTo('minute', at) === minute).length);
        }
      }),
    );
  });
});
