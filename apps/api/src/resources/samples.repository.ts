/** Reads what the engine takes up, and the table `resource_samples`. Instants are epoch milliseconds, sizes bytes. */
import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';

export const RESOURCES = ['disk', 'memory', 'log'] as const;
/** The disks of the engine's data, the engine's memory, an instance's write-ahead log. */
export type Resource = (typeof RESOURCES)[number];

/** What a resource takes up of what it may. */
export interface Use {
  resource: Resource;
  /** Empty for what all instances share. */
  instance: string;
  used: number;
  capacity: number;
}

/** The fullest sample of a UTC day. */
export interface DayPeak {
  day: number;
  peak: number;
  peakAt: number;
}

/** The days of a resource with samples, ascending, and its last sample. */
export interface Sampled {
  last: Use & { at: number };
  days: DayPeak[];
}

@Injectable()
export class SamplesRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** What the engine takes up now: its disks, with whatever else is on them, and its memory where that has a limit. */
  async engine(): Promise<Use[]> {
    const [row] = await this.clickhouse.query(`
      SELECT
          (SELECT sum(total_space) FROM system.disks) AS disk_capacity,
          (SELECT sum(total_space - free_space) FROM system.disks) AS disk_used,
          (SELECT sum(toUInt64(value)) FROM system.server_settings WHERE name = 'max_server_memory_usage') AS memory_capacity,
          (SELECT sum(greatest(value, 0)) FROM system.metrics WHERE metric = 'MemoryTracking') AS memory_used
    `);
    if (row === undefined) return [];
    const use = (resource: 'disk' | 'memory'): Use => ({
      resource,
      instance: '',
      used: row.number(`${resource}_used`),
      capacity: row.number(`${resource}_capacity`),
    });
    return [use('disk'), use('memory')].filter(({ capacity }) => capacity > 0);
  }

  /** Stores samples of one instant. */
  async insert(samples: readonly Use[], at: number): Promise<void> {
    const rows = samples.map((sample) => JSON.stringify({ ...sample, at: Math.floor(at / 1_000) }));
    await this.clickhouse.insert(
      'INSERT INTO resource_samples SETTINGS async_insert = 0 FORMAT JSONEachRow',
      rows.join('\n'),
    );
  }

  /** Each resource that has samples since an instant. */
  async since(from: number): Promise<Sampled[]> {
    const rows = await this.clickhouse.query(
      `
      SELECT
          resource,
          instance,
          max(last_at) AS sampled_at,
          argMax(last_used, last_at) AS sampled_used,
          argMax(last_capacity, last_at) AS sampled_capacity,
          groupArray(toUnixTimestamp(day)) AS days,
          groupArray(peak) AS peaks,
          groupArray(peak_at) AS peaks_at
      FROM
      (
          SELECT
              resource,
              instance,
              toStartOfDay(at) AS day,
              max(used) AS peak,
              toUnixTimestamp(argMax(at, used)) AS peak_at,
              toUnixTimestamp(max(at)) AS last_at,
              argMax(used, at) AS last_used,
              argMax(capacity, at) AS last_capacity
          FROM resource_samples
          WHERE at >= fromUnixTimestamp({from:UInt32})
          GROUP BY resource, instance, day
          ORDER BY day
      )
      GROUP BY resource, instance
      ORDER BY resource, instance
      `,
      { from: Math.floor(from / 1_000) },
    );
    return rows.flatMap((row) => {
      const name = row.string('resource');
      const resource = RESOURCES.find((known) => known === name);
      if (resource === undefined) return [];
      const numbers = (column: string): number[] => row.numbersOrNull(column).map((value) => value ?? 0);
      const [peaks, peaksAt] = [numbers('peaks'), numbers('peaks_at')];
      return {
        last: {
          resource,
          instance: row.string('instance'),
          at: row.number('sampled_at') * 1_000,
          used: row.number('sampled_used'),
          capacity: row.number('sampled_capacity'),
        },
        days: numbers('days').map((day, index) => ({
          day: day * 1_000,
          peak: peaks[index] ?? 0,
          peakAt: (peaksAt[index] ?? 0) * 1_000,
        })),
      };
    });
  }
}
