/** The view behind a call. */
import { formatView, parseView } from './view';
import { viewOf } from './view-of-call';

it('shows the requests of a call of GET /usage', () => {
  const from = parseView('/app/alerts', '?timezone=Europe/Berlin&alert=alr_1');
  const call =
    '/usage?from=2026-01-01T00%3A00%3A00.000Z&to=2026-01-02T00%3A00%3A00.000Z&accountId=acme&keyId=key_1&endpoint=%2Fv1%2Fa';
  const query = new URLSearchParams(formatView(viewOf(call, from)).replace('/app?', ''));
  expect(Object.fromEntries(query)).toEqual({
    account: 'acme',
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-01-02T00:00:00.000Z',
    timezone: 'Europe/Berlin',
    keyId: 'key_1',
    endpoint: '/v1/a',
  });
});
