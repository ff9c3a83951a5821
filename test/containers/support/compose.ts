/** Runs a profile of docker-compose.yml as a project of its own. */
import { resolve } from 'node:path';
import { DockerComposeEnvironment, type StartedDockerComposeEnvironment, Wait } from 'testcontainers';
import { type Target } from '../../e2e/support/api';
import { freePort } from '../../support/free-port';
import { ADMIN_KEY } from './containers';

const ROOT = resolve(__dirname, '../../..');

/** The storage first, then the service, then the proxy, each when the one before is healthy. */
export const PROFILE_MS = 180_000;

export class ComposeProfile {
  private constructor(
    private readonly environment: DockerComposeEnvironment,
    private readonly services: string[],
    private started: StartedDockerComposeEnvironment,
    readonly target: Target,
  ) {}

  /** Starts all of a profile, or only the services named, and answers when they are healthy. */
  static async up(profile: string, ...services: string[]): Promise<ComposeProfile> {
    const port = await freePort();
    const environment = new DockerComposeEnvironment(ROOT, 'docker-compose.yml')
      .withProfiles(profile)
      .withProjectName(`${process.env.TEST_RUN ?? 'meterhouse-test'}-${profile}`)
      .withEnvironment({ ADMIN_KEY, PORT: String(port) })
      .withDefaultWaitStrategy(Wait.forHealthCheck())
      .withWaitStrategy('nginx-1', Wait.forListeningPorts())
      .withStartupTimeout(PROFILE_MS);
    const started = await ComposeProfile.start(environment, services);
    return new ComposeProfile(environment, services, started, { url: `http://127.0.0.1:${port}`, adminKey: ADMIN_KEY });
  }

  /** The container of a service. */
  container(service: string): ReturnType<StartedDockerComposeEnvironment['getContainer']> {
    return this.started.getContainer(`${service}-1`);
  }

  /** Removes the containers and makes new ones on the same volumes, as an upgrade does. */
  async renew(): Promise<void> {
    await this.started.down({ removeVolumes: false });
    this.started = await ComposeProfile.start(this.environment, this.services);
  }

  /** Removes the containers and the volumes. */
  async down(): Promise<void> {
    await this.started.down();
  }

  private static start(
    environment: DockerComposeEnvironment,
    services: string[],
  ): Promise<StartedDockerComposeEnvironment> {
    return environment.up(services.length === 0 ? undefined : services);
  }
}
