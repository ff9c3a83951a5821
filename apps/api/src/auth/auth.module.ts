import { Module } from '@nestjs/common';
import { StorageModule } from '../storage/storage.module';
import { AdminKeyBootstrap } from './admin-key.bootstrap';
import { Authenticator } from './authenticator';
import { KeyRegistry } from './key-registry';
import { KeyUses } from './key-uses';
import { KeyUsesRepository } from './key-uses.repository';
import { KeysRepository } from './keys.repository';
import { ReadAccess } from './read-access';

/**
 * The keys in memory, for every capability. The guards that use them are registered by `RateLimitingModule`, which sees
 * to their order.
 */
@Module({
  imports: [StorageModule],
  providers: [KeysRepository, KeyRegistry, KeyUsesRepository, KeyUses, AdminKeyBootstrap, Authenticator, ReadAccess],
  exports: [AdminKeyBootstrap, KeyRegistry, KeyUses, Authenticator, ReadAccess],
})
export class AuthModule {}
