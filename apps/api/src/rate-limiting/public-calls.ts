/** Limits what can be called without a key: the documentation, the metrics, and paths that do not exist. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { normalizeIp } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { ApiException } from '../http/api-exception';
import { clientAddress } from '../http/client-address';
import { secondsLeft } from './call-counters';
import { MemoryCallCounters } from './memory-call-counters';
import { SteadyClock } from './steady-clock';

/** Calls a minute of one client address, or of one /64 of IPv6. */
const MAX_PUBLIC_CALLS = 600;

/** Probes are cheap, and must be answered when all else is refused. */
const UNLIMITED = /^\/health\//;

/**
 * Counts each call of a route that is not `@Secured`, in this instance alone and beside what the throttler counts: whether a
 * client may read the documentation does not depend on its key, nor a key's budget on who reads it.
 */
@Injectable()
export class PublicCalls implements OnModuleInit {
  private readonly counters = new MemoryCallCounters();

  constructor(
    private readonly adapterHost: HttpAdapterHost<FastifyAdapter>,
    private readonly clock: SteadyClock,
  ) {}

  onModuleInit(): void {
    this.adapterHost.httpAdapter.getInstance().addHook('onRequest', (request: FastifyRequest) => this.count(request));
  }

  /** @throws ApiException RATE_LIMIT_EXCEEDED */
  private async count(request: FastifyRequest): Promise<void> {
    const { url, config } = request.routeOptions;
    if (config.secured || UNLIMITED.test(url ?? '')) return;
    const now = this.clock.now();
    const subject = { kind: 'address', id: normalizeIp(clientAddress(request)) } as const;
    const limits = { minute: MAX_PUBLIC_CALLS, hour: null, day: null };
    const { allowed } = await this.counters.consume([{ subject, limits }], now);
    if (allowed) return;
    const wait = secondsLeft('minute', now);
    throw new ApiException(
      'RATE_LIMIT_EXCEEDED',
      `The limit of ${MAX_PUBLIC_CALLS} calls a minute without a key from one address is used up; try again in ${wait} seconds.`,
      undefined,
      wait,
    );
  }
}
