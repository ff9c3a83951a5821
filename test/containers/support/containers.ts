/** What the specs of containers share: what they start can be found and removed, and be killed as a crash would. */
import { GenericContainer, type StartedTestContainer, getContainerRuntimeClient } from 'testcontainers';

/** The image under test. */
export const IMAGE = process.env.TEST_IMAGE ?? 'meterhouse';

export const ADMIN_KEY = 'containers-admin-key-0123456789-0123456789';

/** A container of the image, labelled as this run's. */
export function containerOf(image: string): GenericContainer {
  return new GenericContainer(image).withLabels({ 'meterhouse.test': process.env.TEST_RUN ?? '' });
}

/** What the engine says of a container now. */
export async function stateOf(container: StartedTestContainer): Promise<{ Running: boolean; ExitCode: number }> {
  const { container: engine } = await getContainerRuntimeClient();
  return (await engine.getById(container.getId()).inspect()).State;
}

/** SIGKILL, as `docker kill` sends it, and the end. `container.restart()` starts it again, with its volumes. */
export async function kill(container: StartedTestContainer): Promise<void> {
  const { container: engine } = await getContainerRuntimeClient();
  const handle = engine.getById(container.getId());
  await handle.kill();
  await handle.wait();
}

/** SIGTERM, as `docker stop` sends it. Resolves to the exit code; 137 when it did not end in time. */
export async function stop(container: StartedTestContainer, seconds: number): Promise<number> {
  const { container: engine } = await getContainerRuntimeClient();
  await engine.getById(container.getId()).stop({ t: seconds });
  return (await stateOf(container)).ExitCode;
}
