import type { IncomingHttpHeaders } from 'node:http';
import { presentedSecret } from './presented-secret';

describe('the presented secret', () => {
  it.each<[string, IncomingHttpHeaders, string | undefined]>([
    ['none', {}, undefined],
    ['Authorization', { authorization: 'Bearer mh_a' }, 'mh_a'],
    ['any case of the scheme', { authorization: 'bearer  mh_a ' }, 'mh_a'],
    ['X-API-Key', { 'x-api-key': 'mh_a' }, 'mh_a'],
    ['both, alike', { authorization: 'Bearer mh_a', 'x-api-key': 'mh_a' }, 'mh_a'],
    [
      'a secret with spaces in it',
      { authorization: 'Bearer correct horse battery staple' },
      'correct horse battery staple',
    ],
    ['UTF-8 as Node hands it over', { 'x-api-key': Buffer.from('clé').toString('latin1') }, 'clé'],
  ])('is found: %s', (_, headers, secret) => {
    expect(presentedSecret(headers)).toEqual({ secret });
  });

  it.each<[string, IncomingHttpHeaders, RegExp]>([
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }, /should be "Bearer"/],
    ['no scheme', { authorization: 'mh_a' }, /should be "Bearer"/],
    ['nothing after the scheme', { authorization: 'Bearer ' }, /should be "Bearer"/],
    ['an empty Authorization', { authorization: '' }, /should be "Bearer"/],
    ['an empty X-API-Key', { 'x-api-key': ' ' }, /X-API-Key header is empty/],
    ['two that differ', { authorization: 'Bearer mh_a', 'x-api-key': 'mh_b' }, /different API keys/],
    ['one too long', { authorization: `Bearer ${'a'.repeat(9_000)}` }, /longer than any key/],
    ['another too long', { 'x-api-key': 'a'.repeat(9_000) }, /longer than any key/],
  ])('is refused with a hint: %s', (_, headers, problem) => {
    expect(presentedSecret(headers)).toEqual({ problem: expect.stringMatching(problem) });
  });
});
