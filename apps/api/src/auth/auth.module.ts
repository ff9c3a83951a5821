import { Module } from '@nestjs/common';
import { AdminKeyBootstrap } from './admin-key.bootstrap';
import { Authenticator } from './authenticator';
import { KeyRegistry } from './key-registry';
import { KeyRegistryService } from './key-registry.service';
import { KeysRepository } from './keys.repository';
import { StorageModule } from '../storage/storage.module';

/**
 * The keys in memory, for every capability. The guards that use them are registered by `RateLimitingModule`, which sees
 * to their order.
 */
@Module({
  imports: [StorageModule],
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
