import { Module } from '@nestjs/common';
import { QueriesModule } from '../admission/queries.module';
import { AuthModule } from '../auth/auth.module';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { StorageModule } from '../storage/storage.module';
import { AlertChannelsController } from './alert-channels.controller';
import { ChannelHealth } from './channel-health';
import { ChannelRegistry } from './channel-registry';
import { ChannelsRepository } from './channels.repository';
import { ChannelsService } from './channels.service';
import { DeliveriesController } from './deliveries.controller';
import { DeliveriesRepository } from './deliveries.repository';
import { DeliveriesService } from './deliveries.service';
import { NotificationsRepository } from './notifications.repository';
import { NotificationsService } from './notifications.service';
import { AttemptLog } from './outbox/attempt-log';
import { Attempts } from './outbox/attempts';
import { Outbox } from './outbox/outbox';
import { OutboxMetrics } from './outbox/outbox-metrics';
import { SecretBox } from './secret-box';
import { Senders } from './senders/senders';

@Module({
  imports: [StorageModule, AuthModule, QueriesModule, MonitoringModule],
  controllers: [AlertChannelsController, DeliveriesController],
  providers: [
    ChannelsRepository,
    ChannelRegistry,
    ChannelsService,
    ChannelHealth,
    DeliveriesRepository,
    DeliveriesService,
    NotificationsRepository,
    NotificationsService,
    SecretBox,
    Senders,
    Attempts,
    AttemptLog,
    Outbox,
    OutboxMetrics,
  ],
  exports: [ChannelsService, NotificationsService],
})
export class AlertChannelsModule {}
