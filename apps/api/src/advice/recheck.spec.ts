import type { Judged } from './advice';
import { checked } from './recheck';

const NOW = 10_000;
const NEWEST = { from: 9_000, to: NOW };

const judged = (type: Judged['type'], more: Partial<Judged> = {}): Judged => ({
  id: type,
  type,
  keyId: 'key',
  endpoint: '/v1/orders',
  from: 0,
  to: NOW,
  enough: true,
  faulty: true,
  title: '',
  message: '',
  requests: 100,
  figures: { failedRequests: 60 },
  comparedWith: '',
  gain: {},
  ...more,
});

const HEALTHY = { ...NEWEST, faulty: false, requests: 7, figures: { failedRequests: 0 } };
const OTHERS = judged('slow_endpoint', { ...NEWEST, id: 'other', faulty: false });

/** What is said of a fault where the newest hours show this. */
const verdict = (fault: Judged, lately: Judged[], ofWindow: Judged[] = [fault]) =>
  checked(ofWindow, { ...NEWEST, judged: lately }, NOW)(fault);

it('goes by the newest hours where they have enough requests', () => {
  const fault = judged('error_hot_spot');
  expect(verdict(fault, [judged('error_hot_spot', NEWEST)])).toEqual({ there: true });
  expect(verdict(fault, [judged('error_hot_spot', HEALTHY)])).toEqual({
    there: false,
    after: { at: NOW, ...NEWEST, requests: 7, figures: { failedRequests: 0 } },
  });
  expect(verdict(fault, [judged('error_hot_spot', { ...HEALTHY, enough: false })])).toEqual({ there: null });
  expect(verdict(fault, [])).toEqual({ there: null });
});

it('goes by the window where that has enough of what the newest hours have not', () => {
  const fault = judged('error_hot_spot');
  expect(verdict(fault, [], [judged('error_hot_spot', { faulty: false })])).toMatchObject({ there: false });
});

it('takes silence for the end of what is only there with traffic, as long as there is other traffic', () => {
  const fault = judged('retry_storm');
  expect(verdict(fault, [OTHERS])).toMatchObject({ there: false, after: { ...NEWEST, requests: null, figures: null } });
  expect(verdict(fault, [])).toEqual({ there: null });
  expect(verdict(fault, [judged('over_entitled_key')])).toEqual({ there: null });
  expect(verdict(judged('slow_endpoint'), [OTHERS])).toEqual({ there: null });
});

it('takes a key that nothing is said of for one that is used or has ended', () => {
  const fault = judged('unused_key');
  expect(verdict(fault, [])).toEqual({ there: true });
  expect(verdict(fault, [], [])).toMatchObject({ there: false });
});

it('says nothing where a look may not', () => {
  expect(checked([], null, NOW)(judged('unused_key'))).toEqual({ there: null });
});
