import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { StorageModule } from '../storage/storage.module';
import { EndpointLimit } from './endpoint-limit';
import { EndpointNamesRepository } from './endpoint-names.repository';

@Module({
  imports: [StorageModule, AccountsModule],
  providers: [EndpointLimit, EndpointNamesRepository],
  exports: [EndpointLimit],
})
export class EndpointsModule {}
