/** What a piece of advice is before it becomes an answer, and what a rule is. */
import { createHash } from 'node:crypto';
import type { Span } from '@meterhouse/common';
import type { Key } from '../auth/key';

export const ADVICE_TYPES = [
  'slow_endpoint',
  'latency_regression',
  'error_hot_spot',
  'retry_storm',
  'polling',
  'n_plus_one',
  'large_payloads',
  'cache_candidate',
  'throttling',
  'unused_key',
  'over_entitled_key',
  'retired_route',
] as const;
export type AdviceType = (typeof ADVICE_TYPES)[number];

export const ADVICE_STATES = ['open', 'dismissed', 'resolved'] as const;
export type AdviceState = (typeof ADVICE_STATES)[number];

/** What is gained when the fault goes away, over the same window. */
export interface Gain {
  /** Milliseconds that callers wait, all requests together. */
  latencyMs?: number;
  requests?: number;
  bytes?: number;
  /** What the requests cost, as a decimal string; where the account has a plan. */
  cost?: string;
  currency?: string;
}

export type Figures = Readonly<Record<string, number | string | null>>;

/** What a rule looked at. */
export interface Subject {
  /** Null: all keys. */
  keyId: string | null;
  /** Null: all endpoints. */
  endpoint: string | null;
}

/** The figures of a subject, and whether they are a fault. */
export interface Candidate extends Subject {
  /** Whether there were enough requests to say so either way. */
  enough: boolean;
  faulty: boolean;
  title: string;
  /** What is wrong, and what would make it go away. */
  message: string;
  /** Requests that the figures are of. */
  requests: number;
  figures: Figures;
  comparedWith: string;
  gain: Gain;
}

/** What rules know beside the rows of their statements. */
export interface About {
  /** The active keys that are asked about, by their ids. */
  keys: ReadonlyMap<string, Key>;
  /** Those among them that may be unused: they exist for `unusedDays` and did not call the service in this time. */
  quietKeys: readonly string[];
  unusedDays: number;
  /** The window, in whole minutes. */
  window: Span;
  /** The end of it that is read from raw events; empty where these are past their retention. */
  raw: Span;
}

/** A candidate with the rule and the window that it is of. */
export interface Judged extends Candidate, Span {
  type: AdviceType;
  id: string;
}

/** The same fault has the same id in every window. @param subject the key and endpoint, as rows of the rule name them */
export function adviceId(account: string, type: AdviceType, subject: string): string {
  const fault = JSON.stringify([account, type, subject]);
  return `adv_${createHash('sha256').update(fault).digest('hex').slice(0, 20)}`;
}

/** Names the key and endpoint of a row; either is empty where it is of all. */
export function subjectOf(key: string, name: string): string {
  return `${key}\n${name}`;
}

/** A spared request ranks as this much waiting, which is what a short call takes, */
export const REQUEST_MS = 100;
/** and a spared megabyte as that much, which is what it takes at 100 Mbit/s. */
export const MEGABYTE_MS = 80;

/** By which advice is ranked: milliseconds, with requests and bytes counted as such. */
export function weightOf({ latencyMs = 0, requests = 0, bytes = 0 }: Gain): number {
  return latencyMs + requests * REQUEST_MS + (bytes / 1e6) * MEGABYTE_MS;
}
