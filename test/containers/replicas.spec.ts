/**
 * Two ClickHouse servers that replicate through Keeper, which runs inside the first. The schema has no replicated tables
 * yet: the service says so when it starts, in place of writing to one replica what the other never gets.
 */
import { ClickHouse } from '@meterhouse/clickhouse';
import { loadSettings } from '@meterhouse/common';
import { Network, type StartedNetwork, type StartedTestContainer, Wait } from 'testcontainers';
import { startService } from '../e2e/support/service';
import { containerOf } from './support/containers';

const IMAGE = process.env.TEST_CLICKHOUSE_IMAGE ?? '';
const START_MS = 180_000;

const REPLICAS = ['one', 'two'];

const configuration = (name: string): string => `
<clickhouse>
  <macros><shard>1</shard><replica>${name}</replica></macros>
  <zookeeper><node><host>one</host><port>9181</port></node></zookeeper>
  <remote_servers>
    <default replace="true">
      <shard>${REPLICAS.map((host) => `<replica><host>${host}</host><port>9000</port></replica>`).join('')}</shard>
    </default>
  </remote_servers>
  ${name === 'one' ? KEEPER : ''}
</clickhouse>`;

const KEEPER = `
  <keeper_server>
    <tcp_port>9181</tcp_port>
    <server_id>1</server_id>
    <log_storage_path>/var/lib/clickhouse/coordination/log</log_storage_path>
    <snapshot_storage_path>/var/lib/clickhouse/coordination/snapshots</snapshot_storage_path>
    <raft_configuration><server><id>1</id><hostname>one</hostname><port>9234</port></server></raft_configuration>
  </keeper_server>`;

let network: StartedNetwork;
let servers: StartedTestContainer[];

beforeAll(async () => {
  network = await new Network().start();
  servers = [];
  for (const name of REPLICAS) {
    servers.push(
      await containerOf(IMAGE)
        .withNetwork(network)
        .withNetworkAliases(name)
        .withEnvironment({ CLICKHOUSE_SKIP_USER_SETUP: '1', TZ: 'UTC' })
        .withCopyContentToContainer([
          { content: configuration(name), target: '/etc/clickhouse-server/config.d/replicas.xml' },
        ])
        .withUlimits({ nofile: { soft: 262_144, hard: 262_144 } })
        .withExposedPorts(8123)
        .withWaitStrategy(Wait.forHttp('/ping', 8123))
        .withStartupTimeout(START_MS)
        .start(),
    );
  }
}, START_MS);

afterAll(async () => {
  for (const server of servers) await server.stop();
  await network.stop();
});

const urlOf = (server: StartedTestContainer, database: string): string =>
  `http://${server.getHost()}:${server.getMappedPort(8123)}/${database}`;

/** Makes a database on each server and returns its URL on the first. */
async function database(name: string, engine: string): Promise<string> {
  const urls = servers.map((server) => urlOf(server, 'default'));
  for (const url of urls) {
    const clickhouse = await ClickHouse.open(loadSettings({ CLICKHOUSE_URL: url }).storage);
    await clickhouse.command(`CREATE DATABASE ${name} ENGINE = ${engine}`);
    await clickhouse.close();
  }
  return new URL(name, urls[0]).href;
}

it.each([
  ['a Replicated database', 'replicated', "Replicated('/clickhouse/databases/replicated', '{shard}', '{replica}')"],
  ['a database on one of several replicas', 'single', 'Atomic'],
])('the service refuses %s with one sentence', async (_, name, engine) => {
  const output = await startService({ CLICKHOUSE_URL: await database(name, engine) }).then(async (service) => {
    await service.stop();
    return service.output();
  }, String);
  expect(output).toMatch(/Meterhouse cannot start: .*replica/i);
  expect(output).not.toMatch(/\n\s+at /);
});
