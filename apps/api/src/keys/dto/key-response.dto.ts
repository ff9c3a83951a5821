import { ApiProperty } from '@nestjs/swagger';
import { ListPaginationDto } from '../../http/list.dto';
import { ApiCount, ApiInstant, ApiNumber, ApiSuccess } from '../../http/response-fields';
import { KEY_STATUSES, type KeyStatus, PERMISSIONS, type Permission, TIERS, type Tier } from '../../auth/key';

/** The limits in force for a key. */
export class KeyRateLimitResponse {
  @ApiNumber('Calls allowed in a clock minute; null: no limit.', 300, { nullable: true })
  requestsPerMinute!: number | null;

  @ApiNumber('Calls allowed in a clock hour; null: no limit.', null, { nullable: true })
  requestsPerHour!: number | null;

  @ApiNumber('Calls allowed in a UTC day; null: no limit.', 100_000, { nullable: true })
  requestsPerDay!: number | null;
}

/** How much a key was used. */
export class KeyUsageResponse {
  @ApiCount('Events of the key, ever.', 48_213)
  totalRequests!: number;

  @ApiCount('Since midnight UTC.', 1_204)
  requestsToday!: number;

  @ApiCount('Since the first of the month, UTC.', 20_118)
  requestsThisMonth!: number;
}

/** An API key, without its secret. */
export class KeyResponse {
  @ApiProperty({ description: 'Names the key; it stays when the secret is rotated.', example: 'key_4fJ2mZ0aQ9xT7bKd' })
  id!: string;

  @ApiProperty({ description: 'The account that owns it.', example: 'acme' })
  accountId!: string;

  @ApiProperty({ description: 'What people call it.', example: 'Checkout service' })
  name!: string;

  @ApiProperty({ description: 'What it is for.', type: String, nullable: true, example: 'Production, both regions' })
  description!: string | null;

  @ApiProperty({ description: 'Sets its limits.', enum: TIERS, enumName: 'Tier', example: 'starter' })
  tier!: Tier;

  @ApiProperty({
    description: 'What it may do.',
    enum: PERMISSIONS,
    enumName: 'Permission',
    isArray: true,
    example: ['usage:read', 'events:write'],
  })
  permissions!: Permission[];

  @ApiProperty({
    description: "The limits in force: the tier's, or the key's own for enterprise.",
    type: () => KeyRateLimitResponse,
  })
  rateLimit!: KeyRateLimitResponse;

  @ApiProperty({
    description: 'Whether it works; revoked wins over expired.',
    enum: KEY_STATUSES,
    enumName: 'KeyStatus',
    example: 'active',
  })
  status!: KeyStatus;

  @ApiProperty({
    description: 'True for a key that is known only from the events an admin sent for it: it has no secret here.',
    example: false,
  })
  external!: boolean;

  @ApiInstant('When it was made.', '2026-01-12T09:30:00.000Z')
  createdAt!: string;

  @ApiInstant('When it ends; null: never.', '2027-01-31T00:00:00.000Z', { nullable: true })
  expiresAt!: string | null;

  @ApiInstant('When it was revoked; null: it was not.', null, { nullable: true })
  revokedAt!: string | null;

  @ApiInstant(
    'Its newest event or its latest call to this service, whichever is later; null: neither yet.',
    '2026-03-02T10:15:29.412Z',
    { nullable: true },
  )
  lastUsedAt!: string | null;

  @ApiProperty({ description: 'How much it was used.', type: () => KeyUsageResponse })
  usage!: KeyUsageResponse;

  @ApiProperty({
    description: 'What its owner keeps with it.',
    type: 'object',
    additionalProperties: true,
    example: { team: 'payments' },
  })
  metadata!: Record<string, unknown>;
}

/** The answer to `GET`, `PATCH` and `DELETE /keys/{keyId}`. */
export class OneKeyResponse {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'The key.', type: () => KeyResponse })
  key!: KeyResponse;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}

/** The answer to `POST /keys` and `POST /keys/{keyId}/rotate`: the only ones that hold a secret. */
export class NewSecretResponse extends OneKeyResponse {
  @ApiProperty({
    description: 'The secret. It is shown this once; only its SHA-256 is kept.',
    example: 'mh_0Zk3vQ8bN5cT1yXhJ7mR2wLdS9fGaP4uEoKiB6tVnMqYzCxW1sDlH',
  })
  apiKey!: string;

  @ApiProperty({ description: "The key's id.", example: 'key_4fJ2mZ0aQ9xT7bKd' })
  keyId!: string;
}

/** Keys of the account by status, whatever the filter. */
export class KeysSummaryResponse {
  @ApiCount('All keys.', 4)
  totalKeys!: number;

  @ApiCount('Keys that work.', 2)
  activeKeys!: number;

  @ApiCount('Keys past their end.', 1)
  expiredKeys!: number;

  @ApiCount('Keys that were revoked.', 1)
  revokedKeys!: number;
}

/** The answer to `GET /keys`. */
export class KeysResponse {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'One page, in the order asked for.', type: () => [KeyResponse] })
  keys!: KeyResponse[];

  @ApiProperty({ description: 'Counts over all keys, whatever the filter.', type: () => KeysSummaryResponse })
  summary!: KeysSummaryResponse;

  @ApiProperty({ description: 'Where the page stands.', type: () => ListPaginationDto })
  pagination!: ListPaginationDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
