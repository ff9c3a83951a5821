import { Module } from '@nestjs/common';
import { AccountLimitsModule } from '../accounts/account-limits.module';
import { StorageModule } from '../storage/storage.module';
import { EventNames } from './event-names';
import { NamesRepository } from './names.repository';

@Module({
  imports: [StorageModule, AccountLimitsModule],
  providers: [EventNames, NamesRepository],
  exports: [EventNames],
})
export class EndpointsModule {}
