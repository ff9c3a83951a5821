import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { StorageModule } from '../storage/storage.module';
import { ResourceSampler } from './resource-sampler';
import { ResourcesController } from './resources.controller';
import { ResourcesService } from './resources.service';
import { SamplesRepository } from './samples.repository';

@Module({
  imports: [StorageModule, AuthModule, MonitoringModule],
  controllers: [ResourcesController],
  providers: [ResourcesService, ResourceSampler, SamplesRepository],
})
export class ResourcesModule {}
