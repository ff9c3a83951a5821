#!/usr/bin/env node
/**
 * `npm run test:containers [-- --strict]`: builds the image and tries it with real containers. What cannot run here, for
 * want of a container engine or of an image, is listed at the end with its reason; with --strict that is a failure too.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkNode, ensureInstalled } from '../../scripts/lib/prepare.mjs';
import { ScriptError, root, run, runMain } from '../../scripts/lib/project.mjs';
import { docker, pull, removeLabelled } from './support/docker.mjs';

const IMAGE = 'meterhouse';
/** Marks all that this run starts, so that it can be removed whatever happens. */
const RUN = `meterhouse-test-${process.pid}`;

const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const imageOf = (name) => new RegExp(`image: (${name}:\\S+)`).exec(compose)[1];
const CLICKHOUSE = imageOf('clickhouse/clickhouse-server');
const REDIS = imageOf('redis');
const NGINX = imageOf('nginx');

const e2e = (...names) => names.map((name) => `test/e2e/${name}.e2e-spec.ts`);
const spec = (name) => [`test/containers/${name}.spec.ts`];
const CONFORMANCE = ['contract', 'isolation', 'fuzz', 'live'];

/** In the order in which they run. `needs`: images beside the one that is built; `start`: what runs beside the specs. */
const CHECKS = [
  { name: 'the image: size, user, health check, kill, stop', specs: spec('image') },
  { name: 'the conformance suite against the image', specs: e2e(...CONFORMANCE, 'start'), hostNetwork: true },
  {
    name: 'two instances with Redis, on the embedded engine behind HTTP',
    specs: e2e('server'),
    needs: [REDIS],
    start: [startRedis],
    hostNetwork: true,
  },
  {
    name: 'the conformance suite and two instances with Redis, on a ClickHouse server',
    specs: e2e(...CONFORMANCE, 'server'),
    needs: [REDIS, CLICKHOUSE],
    start: [startRedis, startClickHouse],
    hostNetwork: true,
  },
  { name: 'two ClickHouse replicas with Keeper', specs: spec('replicas'), needs: [CLICKHOUSE], hostNetwork: true },
  { name: 'compose, profile embedded', specs: spec('compose-embedded'), compose: true },
  {
    name: 'compose, Redis of the profiles server and scale',
    specs: spec('compose-redis'),
    needs: [REDIS],
    compose: true,
  },
  { name: 'compose, profile server', specs: spec('compose-server'), needs: [REDIS, CLICKHOUSE], compose: true },
  { name: 'compose, profile scale', specs: spec('compose-scale'), needs: [REDIS, CLICKHOUSE, NGINX], compose: true },
];

await runMain(async () => {
  const { values: options } = parseArgs({ options: { strict: { type: 'boolean', default: false } } });
  checkNode();
  await ensureInstalled();
  // The specs and this script remove what they start; the library's own cleaner would be one more image to pull.
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
  // Ctrl-C ends the spec that runs, and then what it started is removed.
  let interrupted = false;
  process.on('SIGINT', () => (interrupted = true));
  const results = [];
  try {
    const missing = await buildImage();
    for (const check of CHECKS) {
      const reason = missing ?? whyNot(check) ?? (interrupted ? 'interrupted' : undefined);
      results.push({ ...check, reason, passed: reason === undefined && (await runCheck(check)) });
    }
  } finally {
    removeAll();
  }
  return report(results, options.strict);
});

/** Builds the image. Resolves to the reason where that is not possible here; a build that fails is an error. */
async function buildImage() {
  const engine = docker('version', '--format', '{{.Server.Version}}');
  if (engine.error !== undefined) return `there is no container engine: ${engine.error}`;
  const base = [...readFileSync(join(root, 'Dockerfile'), 'utf8').matchAll(/^FROM (\S+)/gm)].map((match) => match[1]);
  const missing = base.map(pull).find((reason) => reason !== undefined);
  if (missing !== undefined) return missing;
  title(`docker build --tag ${IMAGE}`);
  const code = await run('docker', ['build', '--tag', IMAGE, '.']);
  if (code !== 0) throw new ScriptError('The image could not be built; see above.');
  return undefined;
}

/** Why a check cannot run here; undefined where it can. */
function whyNot({ needs = [], hostNetwork = false, compose = false }) {
  if (hostNetwork && process.platform !== 'linux') return 'containers share the network of their host only on Linux';
  const version = compose ? docker('compose', 'version') : {};
  if (version.error !== undefined) return `docker compose is not installed: ${version.error}`;
  return needs.map(pull).find((reason) => reason !== undefined);
}

/** Runs the specs of a check beside what it starts, and returns whether they passed. */
async function runCheck({ name, specs, start = [] }) {
  title(name);
  const started = [];
  const env = { ...process.env, TEST_RUN: RUN, TEST_IMAGE: IMAGE, TEST_CLICKHOUSE_IMAGE: CLICKHOUSE };
  try {
    for (const startContainer of start) {
      const { container, ...variables } = await startContainer();
      started.push(container);
      Object.assign(env, variables);
    }
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    const args = [jest, '--config', 'test/containers/jest.config.mjs', '--runTestsByPath', ...specs];
    return (await run(process.execPath, args, { env })) === 0;
  } catch (error) {
    process.stdout.write(`${error.stack}\n`);
    return false;
  } finally {
    for (const container of started) await container.stop();
  }
}

async function startRedis() {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(REDIS)
    .withLabels({ 'meterhouse.test': RUN })
    .withExposedPorts(6379)
    .withWaitStrategy(Wait.forLogMessage('Ready to accept connections'))
    .start();
  return { container, TEST_REDIS_URL: `redis://${container.getHost()}:${container.getMappedPort(6379)}` };
}

async function startClickHouse() {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(CLICKHOUSE)
    .withLabels({ 'meterhouse.test': RUN })
    .withEnvironment({ CLICKHOUSE_SKIP_USER_SETUP: '1', TZ: 'UTC' })
    .withUlimits({ nofile: { soft: 262_144, hard: 262_144 } })
    .withExposedPorts(8123)
    .withWaitStrategy(Wait.forHttp('/ping', 8123))
    .start();
  return { container, TEST_CLICKHOUSE_URL: `http://${container.getHost()}:${container.getMappedPort(8123)}/default` };
}

/** Removes what a spec that was ended could not remove itself. */
function removeAll() {
  removeLabelled(`meterhouse.test=${RUN}`);
  for (const { specs } of CHECKS.filter(({ compose }) => compose)) {
    const [, profile] = /compose-(\w+)/.exec(specs[0]);
    removeLabelled(`com.docker.compose.project=${RUN}-${profile}`);
  }
}

function report(results, strict) {
  const failed = results.filter(({ passed, reason }) => !passed && reason === undefined);
  const left = results.filter(({ reason }) => reason !== undefined);
  title('Summary');
  for (const { name, passed, reason } of results) {
    process.stdout.write(`${passed ? 'passed ' : reason === undefined ? 'FAILED ' : 'not run'}  ${name}\n`);
    if (reason !== undefined) process.stdout.write(`         ${reason}\n`);
  }
  process.stdout.write(
    `${results.length - failed.length - left.length} passed, ${failed.length} failed, ${left.length} not run\n`,
  );
  return failed.length > 0 || (strict && left.length > 0) ? 1 : 0;
}

function title(text) {
  process.stdout.write(`\n== ${text}\n`);
}
