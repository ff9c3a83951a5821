import { Injectable } from '@nestjs/common';
import { Clock, iso, parseDateOrInstant } from '@meterhouse/common';
import { QueryGate } from '../admission/query-gate';
import { ApiException } from '../http/api-exception';
import type { AuditEntry } from './audit-entry';
import { AuditLog } from './audit-log';
import { AuditRepository } from './audit.repository';
import type { AuditQueryDto } from './dto/audit-query.dto';
import type { AuditEntryDto, AuditResponseDto } from './dto/audit-response.dto';

/** Reads the audit log. */
@Injectable()
export class AuditService {
  constructor(
    private readonly repository: AuditRepository,
    private readonly log: AuditLog,
    private readonly gate: QueryGate,
    private readonly clock: Clock,
  ) {}

  /**
   * One page of the entries, the newest first; what was recorded here before is in it as far as ClickHouse takes it.
   * @param signal fires when the client has disconnected
   * @throws ApiException INVALID_PARAMETERS for a range that ends before it begins; OVERLOADED when too many reads wait
   */
  async list(query: AuditQueryDto, signal: AbortSignal): Promise<AuditResponseDto> {
    const { accountId, action, limit, offset } = query;
    const [from, to] = [query.from, query.to].map((text) =>
      text === undefined ? undefined : parseDateOrInstant(text),
    );
    if (from !== undefined && to !== undefined && from >= to) {
      throw new ApiException('INVALID_PARAMETERS', `from (${iso(from)}) should be before to (${iso(to)}).`);
    }
    await this.log.synchronise();
    const { entries, total } = await this.gate.run(null, signal, (gated, limits) =>
      this.repository.find({ accountId, action, from, to }, { limit, offset }, { signal: gated, limits }),
    );
    return {
      success: true,
      entries: entries.map(toDto),
      pagination: { total, limit, offset, hasMore: offset + entries.length < total },
      timestamp: iso(this.clock.now()),
    };
  }
}

function toDto({ at, action, actor, target, accountId, details }: AuditEntry): AuditEntryDto {
  return {
    at: iso(at),
    action,
    actor,
    target,
    details: { ...(accountId === null ? {} : { accountId }), ...details },
  };
}
