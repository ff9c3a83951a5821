import { Module } from '@nestjs/common';
import { QueriesModule } from '../admission/queries.module';
import { StorageModule } from '../storage/storage.module';
import { SqlController } from './sql.controller';
import { SqlRepository } from './sql.repository';
import { SqlService } from './sql.service';
import { Statements } from './statements';

@Module({
  imports: [StorageModule, QueriesModule],
  controllers: [SqlController],
  providers: [SqlRepository, Statements, SqlService],
  exports: [Statements],
})
export class SqlModule {}
