/** Reads and writes the table `keys`. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type Row, toDateTime } from '@meterhouse/clickhouse';
import { type Key, PERMISSIONS, TIERS } from './key';

const COLUMNS = `
    id, version, account_id, name, description, tier, permissions,
    requests_per_minute, requests_per_hour, requests_per_day, external, secret_hash, previous_secret_hash,
    configured_secret_hash, token_key, previous_token_key,
    toUnixTimestamp64Milli(previous_secret_until) AS previous_secret_until_ms,
    toUnixTimestamp64Milli(created_at) AS created_at_ms,
    toUnixTimestamp64Milli(expires_at) AS expires_at_ms,
    toUnixTimestamp64Milli(revoked_at) AS revoked_at_ms,
    metadata`;

@Injectable()
export class KeysRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** True when other instances write the same table. */
  get shared(): boolean {
    return !this.clickhouse.embedded;
  }

  /** Every key in its newest version, in order of creation. */
  async findAll(): Promise<Key[]> {
    const rows = await this.clickhouse.query(`
      SELECT ${COLUMNS}
      FROM keys FINAL
      ORDER BY created_at, id
    `);
    return rows.map(toKey);
  }

  /** The newest version of each key that changed at or after a version. */
  async findChangedSince(version: number): Promise<Key[]> {
    const rows = await this.clickhouse.query(
      `
      SELECT ${COLUMNS}
      FROM keys FINAL
      WHERE version >= {version:UInt64}
      ORDER BY created_at, id
      `,
      { version },
    );
    return rows.map(toKey);
  }

  /** Adds a version of each key; all are stored or none. */
  async insert(keys: readonly Key[]): Promise<void> {
    await this.clickhouse.insert(
      'INSERT INTO keys SETTINGS async_insert = 0 FORMAT JSONEachRow',
      keys.map((key) => JSON.stringify(toColumns(key))).join('\n'),
    );
  }
}

function toKey(row: Row): Key {
  const held = row.strings('permissions');
  const tier = TIERS.find((name) => name === row.string('tier'));
  if (!tier) throw new Error(`Key ${row.string('id')} has the unknown tier "${row.string('tier')}".`);
  return {
    id: row.string('id'),
    version: row.number('version'),
    accountId: row.string('account_id'),
    name: row.string('name'),
    description: row.string('description') || null,
    tier,
    permissions: PERMISSIONS.filter((permission) => held.includes(permission)),
    rateLimit: {
      requestsPerMinute: row.numberOrNull('requests_per_minute'),
      requestsPerHour: row.numberOrNull('requests_per_hour'),
      requestsPerDay: row.numberOrNull('requests_per_day'),
    },
    external: row.boolean('external'),
    secretHash: row.string('secret_hash'),
    previousSecretHash: row.string('previous_secret_hash'),
    configuredSecretHash: row.string('configured_secret_hash'),
    tokenKey: row.string('token_key'),
    previousTokenKey: row.string('previous_token_key'),
    previousSecretUntil: row.numberOrNull('previous_secret_until_ms'),
    createdAt: row.number('created_at_ms'),
    expiresAt: row.numberOrNull('expires_at_ms'),
    revokedAt: row.numberOrNull('revoked_at_ms'),
    metadata: toMetadata(row.string('metadata')),
  };
}

function toMetadata(json: string): Record<string, unknown> {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null) throw new Error('The metadata of a key is not a JSON object.');
  return Object.fromEntries(Object.entries(value));
}

function toColumns(key: Key): Record<string, unknown> {
  return {
    id: key.id,
    version: key.version,
    account_id: key.accountId,
    name: key.name,
    description: key.description ?? '',
    tier: key.tier,
    permissions: key.permissions,
    requests_per_minute: key.rateLimit.requestsPerMinute,
    requests_per_hour: key.rateLimit.requestsPerHour,
    requests_per_day: key.rateLimit.requestsPerDay,
    external: key.external,
    secret_hash: key.secretHash,
    previous_secret_hash: key.previousSecretHash,
    configured_secret_hash: key.configuredSecretHash,
    token_key: key.tokenKey,
    previous_token_key: key.previousTokenKey,
    previous_secret_until: toDateTime(key.previousSecretUntil),
    created_at: toDateTime(key.createdAt),
    expires_at: toDateTime(key.expiresAt),
    revoked_at: toDateTime(key.revokedAt),
    metadata: JSON.stringify(key.metadata),
  };
}
