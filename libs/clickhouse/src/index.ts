export * from './clickhouse';
export type { BlockInsert, StreamFormat } from './connection';
export { PLANNING } from './embedded-connection';
export { unlessAborted } from './connection-pool';
export { type LimitName, type Limits, QueryTooHeavyError } from './limits';
export * from './migrator';
export type { Parameters } from './parameters';
export * from './retention';
export * from './row';
