import { Module } from '@nestjs/common';
import { QueriesModule } from '../queries/queries.module';
import { RateLimitingModule } from '../rate-limiting/rate-limiting.module';
import { AccountSizes } from './account-sizes';
import { FactsReader } from './facts.reader';
import { SumsReader } from './sums.reader';
import { UsageController } from './usage.controller';
import { UsageReader } from './usage.reader';
import { UsageRepository } from './usage.repository';
import { UsageService } from './usage.service';

@Module({
  imports: [QueriesModule, RateLimitingModule],
  controllers: [UsageController],
  providers: [UsageService, UsageReader, FactsReader, SumsReader, UsageRepository, AccountSizes],
  exports: [UsageService, UsageReader],
})
export class UsageModule {}
