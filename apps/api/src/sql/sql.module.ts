import { Module } from '@nestjs/common';
import { QueriesModule } from '../admission/queries.module';
import { AuthModule } from '../auth/auth.module';
import { CallCountersModule } from '../rate-limiting/call-counters.module';
import { StorageModule } from '../storage/storage.module';
import { Callers } from './port/callers';
import { SqlPort } from './port/sql-port';
import { SqlController } from './sql.controller';
import { SqlRepository } from './sql.repository';
import { SqlService } from './sql.service';
import { Statements } from './statements';

@Module({
  imports: [StorageModule, QueriesModule, AuthModule, CallCountersModule],
  controllers: [SqlController],
  providers: [SqlRepository, Statements, SqlService, Callers, SqlPort],
})
export class SqlModule {}
