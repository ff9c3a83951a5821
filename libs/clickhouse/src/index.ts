export * from './clickhouse';
export * from './migrator';
export * from './retention';
export * from './row';
