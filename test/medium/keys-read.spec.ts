/** `GET /keys` and `GET /keys/{keyId}` over HTTP, and who sees which key. Real: guards, limits, validation, the embedded engine. Not real: the clock, the socket. */
import { HOUR, MINUTE, iso } from '@meterhouse/common';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ADMIN, MANAGER, type Method, NOW, useKeysApi } from '../support/keys-api';

const api = useKeysApi();

describe('GET /keys', () => {
  it('pages and filters the keys of the account, and sums up all of them', async () => {
    const member = await api.make(MANAGER);
    const { accountId } = member;
    api.clock.at = NOW - HOUR;
    const expired = await api.make({ accountId, name: 'expired', tier: 'starter', expiresAt: iso(NOW - MINUTE) });
    api.clock.at = NOW + 1;
    const revoked = await api.make({ accountId, name: 'revoked' });
    const last = await api.make({ accountId, name: 'last', tier: 'starter' });
    await api.call(ADMIN, 'DELETE', `/keys/${revoked.id}`);
    const list = async (query: string) => {
      const { body } = await api.call(member.secret, 'GET', `/keys${query}`);
      return { ids: body.keys.map(({ id }: { id: string }) => id), ...body };
    };
    const all = await list('');
    expect(all.ids.slice(0, 2)).toEqual([expired.id, member.id]);
    expect(all.ids.slice(2).sort()).toEqual([revoked.id, last.id].sort());
    expect(all.summary).toEqual({ totalKeys: 4, activeKeys: 2, expiredKeys: 1, revokedKeys: 1 });
    expect(all.pagination).toEqual({ total: 4, limit: 100, offset: 0, hasMore: false });
    expect((await list('?status=expired')).ids).toEqual([expired.id]);
    expect((await list('?status=revoked')).ids).toEqual([revoked.id]);
    const starters = await list('?tier=starter&limit=1&offset=0');
    expect(starters).toMatchObject({
      ids: [expired.id],
      summary: all.summary,
      pagination: { total: 2, limit: 1, offset: 0, hasMore: true },
    });
    expect(await list('?tier=starter&limit=1&offset=1')).toMatchObject({
      ids: [last.id],
      pagination: { total: 2, hasMore: false },
    });
    expect(await list('?offset=100')).toMatchObject({ ids: [], pagination: { total: 4, hasMore: false } });
  });

  it('finds keys by name, id or account', async () => {
    const member = await api.make({ ...MANAGER, accountId: 'finders', name: 'Front door' });
    const other = await api.make({ accountId: 'finders', name: 'Back office' });
    const found = async (as: string, search: string) => {
      const { body } = await api.call(as, 'GET', `/keys?limit=1000&search=${encodeURIComponent(search)}`);
      return { ids: body.keys.map(({ id }: { id: string }) => id), total: body.pagination.total };
    };
    expect(await found(member.secret, 'front')).toEqual({ ids: [member.id], total: 1 });
    expect(await found(member.secret, other.id)).toEqual({ ids: [other.id], total: 1 });
    expect(await found(member.secret, '%')).toEqual({ ids: [], total: 0 });
    expect((await found(ADMIN, 'FINDERS')).ids.sort()).toEqual([member.id, other.id].sort());
    expect(await api.call(member.secret, 'GET', `/keys?search=${'x'.repeat(129)}`)).toMatchObject({ status: 400 });
  });

  it('sorts by name, requests and last use, those never used last, whatever page is asked for', async () => {
    const accountId = 'sorters';
    await api.make({ accountId, name: 'member' });
    api.clock.at = NOW + 1;
    const little = await api.make({ accountId, name: 'Alpha' });
    api.clock.at = NOW + 2;
    const much = await api.make({ accountId, name: 'beta' });
    api.clock.at = NOW + 3;
    await api.make({ accountId, name: 'gamma' });
    await insertEvents(api.clickhouse, accountId, [
      aRequest(little.id, NOW + MINUTE),
      ...[1, 2, 3].map((ago) => aRequest(much.id, NOW - ago * HOUR)),
    ]);
    const order = async (query: string) =>
      (await api.call(ADMIN, 'GET', `/keys?accountId=${accountId}&${query}`)).body.keys.map(
        ({ name }: { name: string }) => name,
      );
    expect(await order('')).toEqual(['member', 'Alpha', 'beta', 'gamma']);
    expect(await order('order=desc')).toEqual(['gamma', 'beta', 'Alpha', 'member']);
    expect(await order('sort=name')).toEqual(['Alpha', 'beta', 'gamma', 'member']);
    expect(await order('sort=requests&order=desc')).toEqual(['beta', 'Alpha', 'member', 'gamma']);
    expect(await order('sort=requests&order=desc&limit=1&offset=1')).toEqual(['Alpha']);
    expect((await order('sort=lastUsedAt&order=desc')).slice(0, 2)).toEqual(['Alpha', 'beta']);
    expect((await order('sort=lastUsedAt')).slice(0, 2)).toEqual(['beta', 'Alpha']);
    expect(await api.call(ADMIN, 'GET', '/keys?sort=use')).toMatchObject({ status: 400 });
  });

  it('shows an admin all accounts, or one', async () => {
    const member = await api.make();
    const one = await api.call(ADMIN, 'GET', `/keys?accountId=${member.accountId}`);
    expect(one.body.keys.map(({ id }: { id: string }) => id)).toEqual([member.id]);
    const all = await api.call(ADMIN, 'GET', '/keys?limit=1000');
    expect(new Set(all.body.keys.map((key: { accountId: string }) => key.accountId)).size).toBeGreaterThan(2);
    expect((await api.call(ADMIN, 'GET', '/keys?accountId=nobody')).body.pagination.total).toBe(0);
    expect(await api.call(ADMIN, 'GET', `/keys/${member.id}?accountId=nobody`)).toMatchObject({ status: 404 });
  });

  it('returns the use of each key by UTC day and month', async () => {
    const member = await api.make(MANAGER);
    const unused = await api.make({ accountId: member.accountId });
    const at = (timestamp: number, keyId = member.id) => aRequest(keyId, timestamp);
    const midnight = Date.UTC(2026, 2, 2);
    const times = [
      NOW + MINUTE + 1,
      midnight,
      midnight - 1,
      Date.UTC(2026, 2, 1),
      Date.UTC(2026, 1, 28, 23, 59, 59, 999),
    ];
    await insertEvents(
      api.clickhouse,
      member.accountId,
      times.map((time) => at(time)),
    );
    await insertEvents(api.clickhouse, 'somebody else', [at(NOW, unused.id)]);
    const figures = {
      lastUsedAt: iso(NOW + MINUTE + 1),
      usage: { totalRequests: 5, requestsToday: 2, requestsThisMonth: 4 },
    };
    const never = { lastUsedAt: null, usage: { totalRequests: 0, requestsToday: 0, requestsThisMonth: 0 } };
    const { body } = await api.call(member.secret, 'GET', '/keys');
    expect(body.keys.find(({ id }: { id: string }) => id === member.id)).toMatchObject(figures);
    expect(body.keys.find(({ id }: { id: string }) => id === unused.id)).toMatchObject(never);
    expect((await api.call(ADMIN, 'GET', `/keys/${member.id}`)).body.key).toMatchObject(figures);
    await api.call(ADMIN, 'DELETE', `/keys/${member.id}`);
    expect((await api.call(ADMIN, 'GET', `/keys/${member.id}`)).body.key).toMatchObject(figures);
  });

  it.each([
    ['status=actve', /Did you mean "active"/],
    ['tier=gold', /tier should be one of/],
    ['limit=0', /1 to 1000/],
    ['limit=1001', /1 to 1000/],
    ['limit=1e2', /whole number/],
    ['offset=-1', /whole number/],
    ['limit=1&limit=2', /whole number/],
    ['accountId=', /1 to 64 letters/],
    ['page=2', /"page" is not known here/],
    ['status[a]=b', /is not known here/],
  ])('refuses ?%s', async (query, message) => {
    expect(await api.call(ADMIN, 'GET', `/keys?${query}`)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_PARAMETERS', message: expect.stringMatching(message) },
    });
  });
});

describe('between accounts', () => {
  it("another account's key is answered exactly as an unknown one", async () => {
    const [mine, theirs] = [await api.make(MANAGER), await api.make(MANAGER)];
    const routes: [Method, string][] = [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/rotate'],
    ];
    for (const [method, rest] of routes) {
      const answer = await api.call(mine.secret, method, `/keys/${theirs.id}${rest}`);
      const unknown = await api.call(mine.secret, method, `/keys/key_0000000000000000${rest}`);
      expect(answer).toMatchObject({ status: 404, body: { error: 'KEY_NOT_FOUND' } });
      expect(answer.body.message.replace(theirs.id, '')).toBe(unknown.body.message.replace('key_0000000000000000', ''));
      expect(Object.keys(answer.body)).toEqual(Object.keys(unknown.body));
    }
    expect((await api.call(mine.secret, 'GET', '/keys')).body.keys).toHaveLength(1);
    expect(await api.call(mine.secret, 'GET', `/keys?accountId=${theirs.accountId}`)).toMatchObject({ status: 403 });
    expect(await api.call(mine.secret, 'GET', `/keys/${theirs.id}?accountId=${theirs.accountId}`)).toMatchObject({
      status: 403,
    });
    expect(await api.call(theirs.secret, 'GET', '/keys')).toMatchObject({ status: 200 });
  });

  it('each route asks for its permission', async () => {
    const [reader, writer] = [
      await api.make({ permissions: ['keys:read'] }),
      await api.make({ permissions: ['keys:write'] }),
    ];
    for (const [method, url] of [
      ['POST', '/keys'],
      ['POST', `/keys/${reader.id}/rotate`],
      ['DELETE', `/keys/${reader.id}`],
    ] as const) {
      expect(await api.call(reader.secret, method, url)).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
      expect(await api.call(undefined, method, url)).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
    }
    for (const url of ['/keys', `/keys/${writer.id}`]) {
      expect(await api.call(writer.secret, 'GET', url)).toMatchObject({ status: 403 });
      expect(await api.call(undefined, 'GET', url)).toMatchObject({ status: 401 });
    }
  });

  it('no answer holds a hash', async () => {
    const key = await api.make(MANAGER);
    const rotated = await api.call(key.secret, 'POST', `/keys/${key.id}/rotate`, { gracePeriodSeconds: 60 });
    const list = await api.call(ADMIN, 'GET', '/keys?limit=1000');
    expect(JSON.stringify([rotated.body.key, list.body])).not.toMatch(/hash|previous|[0-9a-f]{64}/i);
  });
});

it('the limits of a key follow its tier, over all routes', async () => {
  const key = await api.make(MANAGER);
  const answers = [];
  for (let done = 0; done < 61; done++)
    answers.push(await api.call(key.secret, 'GET', done % 2 ? '/keys' : `/keys/${key.id}`));
  expect(answers.slice(0, 60).every(({ status }) => status === 200)).toBe(true);
  expect(answers[60]).toMatchObject({ status: 429, body: { error: 'RATE_LIMIT_EXCEEDED' } });
});
