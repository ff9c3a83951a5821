/**
 * Refuses a server with replicas at start. The tables are plain MergeTree, and so would be on the replica that was asked
 * alone: another one behind the same address would not know them, or have other events.
 */
import type { ClickHouse } from './clickhouse';
import type { Row } from './row';
import { StorageError } from './storage-error';

/** A server of a cluster, as `system.clusters` lists it. */
export interface ClusterNode {
  cluster: string;
  shard: number;
  hostName: string;
  /** Empty where the name could not be resolved. */
  hostAddress: string;
  /** Whether it is the server that was asked. */
  isLocal: boolean;
}

/** What the server says of its replicas. */
export interface Topology {
  database: string;
  /** `Atomic` for most. */
  databaseEngine: string;
  /** Tables of the database that other servers have too, with how many in all. */
  replicatedTables: { table: string; replicas: number }[];
  /** Of all clusters that the server is configured with, but those of other databases. */
  nodes: ClusterNode[];
}

/** @throws StorageError in one sentence when the server has replicas; reads what its user may read */
export async function refuseReplicas(clickhouse: ClickHouse): Promise<void> {
  const why = whyUnsupported(await readTopology(clickhouse));
  if (why !== null) throw new StorageError(`CLICKHOUSE_URL: ${why}`);
}

/** Database engines that give every replica the same tables: the second is ClickHouse Cloud's. */
const REPLICATING = ['Replicated', 'Shared'];

/** One sentence on what is not supported yet and what is; null for a server that is used alone. */
export function whyUnsupported({ database, databaseEngine, replicatedTables, nodes }: Topology): string | null {
  const instead =
    'replicas are not supported yet, so use a database with the engine Atomic on a server without replicas.';
  if (REPLICATING.includes(databaseEngine)) {
    return `the database ${database} has the engine ${databaseEngine}; ${instead}`;
  }
  const shared = replicatedTables.find(({ replicas }) => replicas > 1);
  if (shared)
    return `the table ${shared.table} of the database ${database} has ${shared.replicas} replicas; ${instead}`;
  for (const { cluster, shard } of nodes.filter(({ isLocal }) => isLocal)) {
    const others = nodes.filter((node) => node.cluster === cluster && node.shard === shard && isElsewhere(node));
    if (others.length === 0) continue;
    return `the server is one of ${others.length + 1} replicas in the cluster ${cluster}; ${instead}`;
  }
  return null;
}

/**
 * Whether a node is on another machine. A server's sample configuration has clusters of nothing but its own addresses,
 * and takes only 127.0.0.1 of these for itself.
 */
function isElsewhere({ isLocal, hostAddress, hostName }: ClusterNode): boolean {
  return !isLocal && !/^(localhost$|127\.|::1$|::ffff:127\.)/i.test(hostAddress === '' ? hostName : hostAddress);
}

async function readTopology(clickhouse: ClickHouse): Promise<Topology> {
  const [database] = await clickhouse.query('SELECT name, engine FROM system.databases WHERE name = currentDatabase()');
  const tables = await readIfAllowed(
    clickhouse,
    'SELECT table, total_replicas FROM system.replicas WHERE database = currentDatabase()',
  );
  const nodes = await readIfAllowed(
    clickhouse,
    `SELECT cluster, shard_num, host_name, host_address, is_local FROM system.clusters
     WHERE replaceOne(cluster, 'all_groups.', '') NOT IN (SELECT name FROM system.databases WHERE engine = 'Replicated')`,
  );
  return {
    database: database?.string('name') ?? '',
    databaseEngine: database?.string('engine') ?? '',
    replicatedTables: tables.map((row) => ({ table: row.string('table'), replicas: row.number('total_replicas') })),
    nodes: nodes.map((row) => ({
      cluster: row.string('cluster'),
      shard: row.number('shard_num'),
      hostName: row.string('host_name'),
      hostAddress: row.string('host_address'),
      isLocal: row.boolean('is_local'),
    })),
  };
}

/** ACCESS_DENIED */
const DENIED = '497';

/** No rows where the user may not read the table: most servers have no replicas, and need no right for this. */
async function readIfAllowed(clickhouse: ClickHouse, sql: string): Promise<Row[]> {
  try {
    return await clickhouse.query(sql);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code) === DENIED) return [];
    throw error;
  }
}
