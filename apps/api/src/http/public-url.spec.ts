/** Where a client reaches the service. Real: Fastify, behind a proxy that it trusts and not. */
import Fastify from 'fastify';
import { trustedProxies } from './client-address';
import { publicUrl } from './public-url';

const app = Fastify({ trustProxy: trustedProxies(['10.0.0.0/8']) });
app.get('/', (request) => ({ url: publicUrl(request, '/app#token=mht_a.b') }));
afterAll(() => app.close());

const FORWARDED = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'usage.example.com' };

it.each([
  ['the host that was called', '203.0.113.7', { host: 'meter.test:3000' }, 'http://meter.test:3000/app#token=mht_a.b'],
  ['what a trusted proxy says', '10.0.0.1', FORWARDED, 'https://usage.example.com/app#token=mht_a.b'],
  [
    'nothing that a stranger says',
    '203.0.113.7',
    { host: 'meter.test', ...FORWARDED },
    'http://meter.test/app#token=mht_a.b',
  ],
  ['its path alone under no host that is one', '203.0.113.7', { host: 'a b<c' }, '/app#token=mht_a.b'],
])('is %s', async (_, remoteAddress, headers, url) => {
  const answer = await app.inject({ url: '/', remoteAddress, headers });
  expect(answer.json()).toEqual({ url });
});
