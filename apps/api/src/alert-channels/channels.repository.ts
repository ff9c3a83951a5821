/** Reads and writes the table `alert_channels`. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type Row, toDateTime } from '@meterhouse/clickhouse';
import { CHANNEL_TYPES, type Channel } from './channel';

@Injectable()
export class ChannelsRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** True when other instances write the same table. */
  get shared(): boolean {
    return !this.clickhouse.embedded;
  }

  /** The newest version of each channel that changed at or after a version, deleted ones among them. */
  async findChangedSince(version: number): Promise<Channel[]> {
    const rows = await this.clickhouse.query(
      `
      SELECT
          id, version, account_id, name,
          toString(type) AS type_name,
          shown, sealed, enabled, disabled_reason,
          toUnixTimestamp64Milli(created_at) AS created_ms,
          toUnixTimestamp64Milli(updated_at) AS updated_ms,
          toUnixTimestamp64Milli(deleted_at) AS deleted_ms
      FROM alert_channels FINAL
      WHERE version >= {version:UInt64}
      `,
      { version },
    );
    return rows.map(toChannel);
  }

  async insert(channel: Channel): Promise<void> {
    await this.clickhouse.insert(
      'INSERT INTO alert_channels SETTINGS async_insert = 0 FORMAT JSONEachRow',
      JSON.stringify({
        id: channel.id,
        version: channel.version,
        account_id: channel.accountId,
        name: channel.name,
        type: channel.type,
        shown: channel.shown,
        sealed: channel.sealed,
        enabled: channel.enabled,
        disabled_reason: channel.disabledReason ?? '',
        created_at: toDateTime(channel.createdAt),
        updated_at: toDateTime(channel.updatedAt),
        deleted_at: toDateTime(channel.deletedAt),
      }),
    );
  }
}

function toChannel(row: Row): Channel {
  const name = row.string('type_name');
  const type = CHANNEL_TYPES.find((known) => known === name);
  if (type === undefined) throw new Error(`A channel has an unknown type ${JSON.stringify(name)}.`);
  return {
    id: row.string('id'),
    version: row.number('version'),
    accountId: row.string('account_id'),
    name: row.string('name'),
    type,
    shown: row.string('shown'),
    sealed: row.string('sealed'),
    enabled: row.boolean('enabled'),
    disabledReason: row.string('disabled_reason') || null,
    createdAt: row.number('created_ms'),
    updatedAt: row.number('updated_ms'),
    deletedAt: row.numberOrNull('deleted_ms'),
  };
}
