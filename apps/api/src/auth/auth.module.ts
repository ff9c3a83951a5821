import { Global, Module } from '@nestjs/common';
import { AdminKeyBootstrap } from './admin-key.bootstrap';
import { Authenticator } from './authenticator';
import { KeyRegistry } from './key-registry';
import { KeyRegistryService } from './key-registry.service';
import { KeysRepository } from './keys.repository';

/**
 * The keys in memory, for every capability. The guards that use them are registered by `RateLimitingModule`, which sees
 * to their order.
 */
@Global()
@Module({
  providers: [
    KeysRepository,
    KeyRegistryService,
    { provide: KeyRegistry, useExisting: KeyRegistryService },
    AdminKeyBootstrap,
    Authenticator,
  ],
  exports: [KeyRegistry, KeyRegistryService, Authenticator],
})
export class AuthModule {}
