/** What an event is, from the moment it was found good until it is a row. */
import { randomUUID } from 'node:crypto';
import type { ErrorCode } from '@meterhouse/common';
import type { PathHash } from './path-hash';

/** The fields a client may send. */
export const EVENT_FIELDS = [
  'id',
  'timestamp',
  'keyId',
  'method',
  'endpoint',
  'statusCode',
  'latencyMs',
  'requestBytes',
  'responseBytes',
  'errorType',
] as const;

/** An event whose fields are good; whose key it names is still to be looked up. */
export interface ValidEvent {
  id: string;
  /** False for an id that was made here: nobody can send it again. */
  hasClientId: boolean;
  /** Epoch milliseconds. */
  timestamp: number;
  /** Empty until the key is looked up. */
  accountId: string;
  /** Null stands for the calling key. */
  keyId: string | null;
  /** Upper case. */
  method: string;
  /** Normalised: a template without a query string. */
  endpoint: string;
  /** Of the path as it was sent; `NO_PATH` where PATH_HASHES is off. */
  pathHash: PathHash;
  statusCode: number;
  latencyMs: number;
  requestBytes: number;
  responseBytes: number;
  /** Empty unless the request failed. */
  errorType: string;
}

/** An event that belongs to a key and its account, ready to be written. */
export interface UsageEvent extends ValidEvent {
  keyId: string;
}

/** Why an event was not taken. */
export interface Rejection {
  error: Extract<ErrorCode, 'INVALID_PARAMETERS' | 'KEY_NOT_FOUND'>;
  message: string;
}

/** Makes ids for the events of one call: UUIDs of version 7, which sort by the time and the order in which they were made. */
export class EventIds {
  private readonly start: string;
  private count = 0;

  /** 58 random bits and the millisecond of a call make its ids unique among all calls. */
  constructor(now: number) {
    const time = now.toString(16).padStart(12, '0');
    this.start = `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15, 32)}`;
  }

  /** At most 65,536 for one call. */
  next(): string {
    return this.start + (this.count++).toString(16).padStart(4, '0');
  }
}
