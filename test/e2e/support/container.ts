/**
 * Runs a container image of the service in place of the built one. It shares the host's network, so that it and the test
 * reach the same ports, and works on the test's data folder as the test's user.
 */
import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import { type RunningService, STOP_MS, readyUrl } from './running-service';
import { until } from './until';

const START_MS = 60_000;
const LOG_MS = 5_000;

/** @throws Error with the service's output when it ends before it is ready */
export async function startContainer(image: string, settings: Record<string, string>): Promise<RunningService> {
  // Loaded here, for most runs of the tests do not need it.
  const { GenericContainer, Wait, getContainerRuntimeClient } = await import('testcontainers');
  let output = '';
  const { uid, gid } = userInfo();
  const { DATA_DIR = '' } = settings;
  const container = await new GenericContainer(image)
    .withNetworkMode('host')
    .withUser(`${uid}:${gid}`)
    .withBindMounts([{ source: DATA_DIR, target: DATA_DIR }])
    .withEnvironment({ HOST: '127.0.0.1', NO_COLOR: '1', ...settings })
    .withLabels({ 'meterhouse.test': process.env.TEST_RUN ?? '' })
    .withLogConsumer((stream) => stream.on('data', (part) => (output += String(part))))
    .withWaitStrategy(Wait.forLogMessage(/Ready at /))
    .withStartupTimeout(START_MS)
    .start()
    .catch((error: unknown) => {
      throw new Error(output === '' ? String(error) : output);
    });
  // The container was awaited on a log stream of its own.
  await until(LOG_MS, async () => assert(readyUrl(output) !== undefined, output));
  const engine = (await getContainerRuntimeClient()).container;
  const handle = engine.getById(container.getId());
  const remove = async (): Promise<number> => {
    const { State } = await handle.inspect();
    await engine.remove(handle, { removeVolumes: true });
    return State.ExitCode;
  };
  return {
    url: readyUrl(output) ?? '',
    output: () => output,
    stop: async () => {
      await engine.stop(handle, { timeout: STOP_MS });
      const code = await remove();
      if (code !== 0) throw new Error(`The container ended with ${code}, not within ${STOP_MS / 1_000} s of SIGTERM.`);
    },
    kill: async () => {
      await handle.kill();
      await handle.wait();
      await remove();
    },
  };
}
