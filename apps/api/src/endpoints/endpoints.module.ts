import { Module } from '@nestjs/common';
import { AccountLimitsModule } from '../accounts/account-limits.module';
import { StorageModule } from '../storage/storage.module';
import { EndpointLimit } from './endpoint-limit';
import { EndpointNamesRepository } from './endpoint-names.repository';

@Module({
  imports: [StorageModule, AccountLimitsModule],
  providers: [EndpointLimit, EndpointNamesRepository],
  exports: [EndpointLimit],
})
export class EndpointsModule {}
