/** Whether the service can do its work. */
import { Inject, Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import { withTimeout } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import { Readiness } from '../monitoring/readiness';

/** ClickHouse must answer within this time. */
const PATIENCE_MS = 2_000;

const RETRY_AFTER_SECONDS = 5;

@Injectable()
export class HealthService {
  private ping: Promise<boolean> | undefined;

  constructor(
    @Inject(ClickHouse) private readonly clickhouse: Pick<ClickHouse, 'ping'>,
    private readonly readiness: Readiness,
  ) {}

  /**
   * Answers when ClickHouse does and no part of the service is in trouble.
   * @returns warnings: what somebody should look at, while all works
   * @throws ApiException OVERLOADED when ClickHouse fails or takes longer than two seconds, or a part is in trouble
   */
  async checkReady(): Promise<string[]> {
    // One ping for all who ask: while the engine hangs, probes must not pile up in its queue.
    this.ping ??= this.pingStorage();
    const trouble = (await withTimeout(this.ping, PATIENCE_MS, () => false))
      ? this.readiness.trouble()
      : 'ClickHouse does not answer';
    if (trouble === null) return this.readiness.warnings;
    throw new ApiException(
      'OVERLOADED',
      `${trouble}; try again in ${RETRY_AFTER_SECONDS} seconds.`,
      undefined,
      RETRY_AFTER_SECONDS,
    );
  }

  private async pingStorage(): Promise<boolean> {
    try {
      await this.clickhouse.ping();
      return true;
    } catch {
      return false;
    } finally {
      this.ping = undefined;
    }
  }
}
