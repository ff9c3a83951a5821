import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, Settings, SettingsError } from '@meterhouse/common';
import { KeyRegistry } from './key-registry';
import type { Key } from './key';
import { MAX_SECRET_LENGTH, hashSecret, newSecret } from './secret';
import { tokenKeyOf } from './share-token';

export const ADMIN_KEY_ID = 'key_admin';

/**
 * Runs once the keys are loaded and before the service listens, so that an admin can sign in: creates the first admin
 * key, with `ADMIN_KEY` as its secret or a generated one that is printed this once. A changed `ADMIN_KEY` becomes that
 * key's secret and brings it back when it was revoked; one that was put in force before changes nothing, so that a key
 * that was rotated or revoked since stays so.
 */
@Injectable()
export class AdminKeyBootstrap implements OnApplicationBootstrap {
  private readonly logger = new Logger('AdminKey');
  /** What this start has done to the admin key, for the audit log. */
  change: 'key.created' | 'key.rotated' | null = null;

  constructor(
    private readonly registry: KeyRegistry,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** @throws SettingsError when `ADMIN_KEY` cannot be a key's secret */
  async onApplicationBootstrap(): Promise<void> {
    const { adminKey } = this.settings;
    const present = this.registry.find(null, ADMIN_KEY_ID);
    if (adminKey !== undefined) {
      this.check(adminKey);
      const secretHash = hashSecret(adminKey);
      if (present?.configuredSecretHash !== secretHash) {
        if (present)
          this.logger.warn('ADMIN_KEY has changed: it is the admin key now, and its earlier secret is refused.');
        await this.renew(present, adminKey, secretHash);
      }
    } else if (!this.registry.list(null).some((key) => key.permissions.includes('admin'))) {
      const secret = newSecret();
      await this.renew(present, secret, present?.configuredSecretHash ?? '');
      print(secret);
    }
  }

  private check(adminKey: string): void {
    if (adminKey.length > MAX_SECRET_LENGTH) {
      throw new SettingsError(`ADMIN_KEY: expected at most ${MAX_SECRET_LENGTH} characters, got ${adminKey.length}.`);
    }
    const owner = this.registry.findBySecret(adminKey);
    if (owner && owner.id !== ADMIN_KEY_ID) {
      throw new SettingsError(`ADMIN_KEY: this is the secret of the key ${owner.id}; choose one of its own.`);
    }
  }

  private async renew(present: Key | undefined, secret: string, configuredSecretHash: string): Promise<void> {
    await this.registry.save({
      id: ADMIN_KEY_ID,
      version: 0,
      accountId: 'admin',
      name: 'Admin',
      description: null,
      tier: 'enterprise',
      permissions: ['admin'],
      rateLimit: { requestsPerMinute: null, requestsPerHour: null, requestsPerDay: null },
      external: false,
      createdAt: this.clock.now(),
      metadata: {},
      ...present,
      configuredSecretHash,
      secretHash: hashSecret(secret),
      tokenKey: tokenKeyOf(secret),
      previousSecretHash: '',
      previousTokenKey: '',
      previousSecretUntil: null,
      expiresAt: null,
      revokedAt: null,
    });
    this.change = present ? 'key.rotated' : 'key.created';
  }
}

/** To the terminal and not through the logger, so that no log collector keeps the secret on purpose. */
function print(secret: string): void {
  const line = '-'.repeat(72);
  process.stdout.write(
    [
      '',
      line,
      'The first admin key was made. It is shown this once; keep it safe:',
      '',
      `    ${secret}`,
      '',
      'Send it as "Authorization: Bearer mh_…". To choose your own, set ADMIN_KEY.',
      line,
      '',
      '',
    ].join('\n'),
  );
}
