import { Injectable } from '@nestjs/common';
import { Clock, Settings, iso, isoOrNull } from '@meterhouse/common';
import type { Identity } from '../auth/identity';
import { PERMISSIONS } from '../auth/key';
import type { MeResponseDto } from './dto/me-response.dto';

/** Says who calls, and what that caller and this service can do. */
@Injectable()
export class MeService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  describe(caller: Identity): MeResponseDto {
    const { key, token } = caller;
    return {
      success: true,
      caller: {
        kind: token ? 'token' : 'key',
        keyId: key.id,
        accountId: caller.accountId,
        name: token ? null : key.name,
        tier: key.tier,
        permissions: PERMISSIONS.filter((permission) => caller.may(permission)),
        keyIds: token?.keyIds ?? null,
        isAdmin: caller.isAdmin,
        expiresAt: isoOrNull(token ? Math.min(token.expiresAt, key.expiresAt ?? Infinity) : key.expiresAt),
      },
      features: { sql: this.settings.storage.clickhouseUrl === undefined },
      timestamp: iso(this.clock.now()),
    };
  }
}
