import { Module } from '@nestjs/common';
import { LiveController } from './live.controller';
import { LiveRepository } from './live.repository';
import { LiveService } from './live.service';
import { StorageModule } from '../storage/storage.module';
import { AuthModule } from '../auth/auth.module';
import { MonitoringModule } from '../monitoring/monitoring.module';

@Module({
  imports: [StorageModule, AuthModule, MonitoringModule],
  controllers: [LiveController],
  providers: [LiveService, LiveRepository],
})
export class LiveModule {}
