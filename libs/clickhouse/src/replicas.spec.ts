import { type ClusterNode, type Topology, whyUnsupported } from './replicas';

const SINGLE: Topology = { database: 'meterhouse', databaseEngine: 'Atomic', replicatedTables: [], nodes: [] };

const node = (cluster: string, shard: number, host: string, isLocal = false, hostAddress = host): ClusterNode => ({
  cluster,
  shard,
  hostName: host,
  hostAddress,
  isLocal,
});

const why = (given: Partial<Topology>): string | null => whyUnsupported({ ...SINGLE, ...given });

describe('a server', () => {
  it('is used when it is alone', () => {
    expect(why({})).toBeNull();
    expect(why({ replicatedTables: [{ table: 'other', replicas: 1 }] })).toBeNull();
  });

  it('is used with the clusters of a sample configuration, which are all on itself', () => {
    const nodes = [
      node('default', 1, 'localhost', true, '::1'),
      node('test_shard_localhost', 1, 'localhost', true, '127.0.0.1'),
      node('test_cluster_two_shards', 1, '127.0.0.1', true),
      node('test_cluster_two_shards', 2, '127.0.0.2'),
      node('test_cluster_one_shard_two_replicas', 1, '127.0.0.1', true),
      node('test_cluster_one_shard_two_replicas', 1, '127.0.0.2'),
      node('test_unavailable_shard', 1, 'localhost', true, '127.0.0.1'),
      node('test_unavailable_shard', 1, 'localhost', false, '127.0.0.1'),
      node('test_unresolved', 1, 'localhost', true, '127.0.0.1'),
      node('test_unresolved', 1, 'localhost', false, ''),
      ...Array.from({ length: 10 }, (_, index) => node('parallel_replicas', 1, `127.0.0.${index + 1}`, index === 0)),
    ];
    expect(why({ nodes })).toBeNull();
  });

  it('is used as one shard of several, and where it only knows of a cluster', () => {
    expect(
      why({ nodes: [node('main', 1, 'ch-1', true, '10.0.0.1'), node('main', 2, 'ch-2', false, '10.0.0.2')] }),
    ).toBeNull();
    expect(
      why({ nodes: [node('far', 1, 'ch-8', false, '10.0.0.8'), node('far', 1, 'ch-9', false, '10.0.0.9')] }),
    ).toBeNull();
  });

  it.each([
    [
      'in a Replicated database',
      { databaseEngine: 'Replicated' },
      'the database meterhouse has the engine Replicated; replicas are not supported yet, so use a database with the engine Atomic on a server without replicas.',
    ],
    [
      "in ClickHouse Cloud's",
      { databaseEngine: 'Shared' },
      expect.stringContaining('the database meterhouse has the engine Shared; '),
    ],
    [
      'that shares a table with another',
      { replicatedTables: [{ table: 'events', replicas: 2 }] },
      expect.stringContaining('the table events of the database meterhouse has 2 replicas; '),
    ],
    [
      'that is a replica of its shard',
      {
        nodes: [
          node('main', 1, 'ch-1', true, '10.0.0.1'),
          node('main', 1, 'ch-2', false, '10.0.0.2'),
          node('main', 2, 'ch-3', false, '10.0.0.3'),
        ],
      },
      expect.stringContaining('the server is one of 2 replicas in the cluster main; '),
    ],
    [
      'that is a replica beside one that cannot be resolved now',
      { nodes: [node('main', 1, 'ch-1', true, '10.0.0.1'), node('main', 1, 'ch-2', false, '')] },
      expect.stringContaining('the server is one of 2 replicas in the cluster main; '),
    ],
  ])('is refused %s', (_, given, sentence) => {
    expect(why(given)).toEqual(sentence);
  });
});
