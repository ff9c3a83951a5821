import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { StorageModule } from '../storage/storage.module';
import { ChannelRegistry } from './channel-registry';
import { ChannelsRepository } from './channels.repository';
import { ChannelsService } from './channels.service';
import { NotificationsRepository } from './notifications.repository';
import { NotificationsService } from './notifications.service';

@Module({
  imports: [StorageModule, AuthModule],
  providers: [ChannelsRepository, ChannelRegistry, ChannelsService, NotificationsRepository, NotificationsService],
  exports: [ChannelsService, NotificationsService],
})
export class AlertChannelsModule {}
