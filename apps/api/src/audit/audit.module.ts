import { Module, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { APP_INTERCEPTOR, HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { normalizeIp } from '@nestjs/throttler';
import { Clock } from '@meterhouse/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { QueriesModule } from '../admission/queries.module';
import { ADMIN_KEY_ID, AdminKeyBootstrap } from '../auth/admin-key.bootstrap';
import { AuthModule } from '../auth/auth.module';
import { KeyRefused } from '../auth/authenticator';
import type { Authenticated } from '../auth/identity';
import { clientAddress } from '../http/client-address';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { StorageModule } from '../storage/storage.module';
import { AuditLog } from './audit-log';
import { AuditController } from './audit.controller';
import { AuditInterceptor } from './audit.interceptor';
import { AuditRepository } from './audit.repository';
import { AuditService } from './audit.service';
import { RefusedSignIns } from './refused-sign-ins';

/** Records what `@Audited` routes do, whatever module they are of, and each call with a key that is not good. */
@Module({
  imports: [StorageModule, AuthModule, QueriesModule, MonitoringModule],
  controllers: [AuditController],
  providers: [
    AuditRepository,
    RefusedSignIns,
    AuditLog,
    AuditService,
    { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
  ],
})
export class AuditModule implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly adapterHost: HttpAdapterHost<FastifyAdapter>,
    private readonly signIns: RefusedSignIns,
    private readonly log: AuditLog,
    private readonly adminKey: AdminKeyBootstrap,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance();
    // Not `onResponse`, which is not called where the client has gone before its answer.
    fastify.addHook('onSend', (request: FastifyRequest & Authenticated, _reply: FastifyReply, _payload, done) => {
      this.watch(request);
      done();
    });
  }

  /** Runs behind the hook of `AuthModule`, which this imports. */
  async onApplicationBootstrap(): Promise<void> {
    const { change } = this.adminKey;
    if (change === null) return;
    const actor = { keyId: null, accountId: null, address: null };
    const subject = { target: ADMIN_KEY_ID, accountId: 'admin', details: { by: 'the start of the service' } };
    await this.log.record({ at: this.clock.now(), action: change, actor, ...subject });
  }

  private watch(request: FastifyRequest & Authenticated): void {
    const { authenticationError } = request;
    if (!authenticationError) return;
    const key = authenticationError instanceof KeyRefused ? authenticationError.key : undefined;
    this.signIns.add(
      { keyId: key?.id ?? null, accountId: key?.accountId ?? null, address: normalizeIp(clientAddress(request)) },
      authenticationError.code,
      this.clock.now(),
    );
  }
}
