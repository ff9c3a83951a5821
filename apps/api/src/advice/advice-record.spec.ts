import type { Judged } from './advice';
import { type AdviceRecord, type Verdict, look } from './advice-record';

const NOW = 1_000_000;

const fault = (id: string, more: Partial<Judged> = {}): Judged => ({
  id,
  type: 'error_hot_spot',
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

const after = { at: NOW, from: 0, to: NOW, requests: 100, figures: { failedRequests: 0 } };
const GONE: Verdict = { there: false, after };
const THERE: Verdict = { there: true };
const UNKNOWN: Verdict = { there: null };

const stored = (state: AdviceRecord['state'], more: Partial<AdviceRecord> = {}): Map<string, AdviceRecord> =>
  new Map([
    [
      'a',
      {
        accountId: 'acme',
        id: 'a',
        version: 5,
        state,
        since: 5,
        found: fault('a'),
        dismissed: null,
        after: null,
        ...more,
      },
    ],
  ]);

const NONE = new Map<string, AdviceRecord>();
const changesOf = (found: Judged[], known: ReadonlyMap<string, AdviceRecord>, verdict: Verdict) =>
  look('acme', NOW, found, known, () => verdict).changed;

describe('a look', () => {
  it('opens what it finds for the first time, and says nothing new of it after', () => {
    expect(changesOf([fault('a')], NONE, UNKNOWN)).toMatchObject([{ id: 'a', state: 'open', since: NOW }]);
    expect(changesOf([fault('a')], stored('open'), UNKNOWN)).toEqual([]);
    expect(changesOf([fault('a')], stored('open'), THERE)).toEqual([]);
  });

  it('resolves what is gone, also where the window does not show it any more', () => {
    for (const found of [[fault('a')], []]) {
      expect(changesOf(found, stored('open'), GONE)).toMatchObject([{ id: 'a', state: 'resolved', since: 5, after }]);
    }
  });

  it('opens what is back: seen in the newest hours, or in a window after it was resolved', () => {
    const resolved = stored('resolved', { after });
    expect(changesOf([fault('a')], resolved, THERE)).toMatchObject([{ state: 'open', since: NOW, after: null }]);
    expect(changesOf([fault('a', { from: NOW })], resolved, UNKNOWN)).toMatchObject([{ state: 'open' }]);
    for (const verdict of [UNKNOWN, GONE]) expect(changesOf([fault('a')], resolved, verdict)).toEqual([]);
  });

  it('leaves dismissed advice dismissed', () => {
    for (const verdict of [UNKNOWN, THERE, GONE]) {
      expect(changesOf([fault('a')], stored('dismissed'), verdict)).toEqual([]);
      expect(changesOf([], stored('dismissed'), verdict)).toEqual([]);
    }
  });

  it('gives every change a version above the last', () => {
    const [changed] = changesOf([], stored('open', { version: NOW + 7 }), GONE);
    expect(changed?.version).toBe(NOW + 8);
  });
});
