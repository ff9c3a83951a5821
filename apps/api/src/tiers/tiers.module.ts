import { Module } from '@nestjs/common';
import { QueriesModule } from '../admission/queries.module';
import { AuthModule } from '../auth/auth.module';
import { StorageModule } from '../storage/storage.module';
import { UsageModule } from '../usage/usage.module';
import { BacktestRepository } from './backtest.repository';
import { TiersController } from './tiers.controller';
import { TiersService } from './tiers.service';

@Module({
  imports: [StorageModule, AuthModule, QueriesModule, UsageModule],
  controllers: [TiersController],
  providers: [TiersService, BacktestRepository],
})
export class TiersModule {}
