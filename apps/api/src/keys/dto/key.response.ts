import { ApiProperty } from '@nestjs/swagger';
import { KEY_STATUSES, type KeyStatus, PERMISSIONS, type Permission, TIERS, type Tier } from '../../auth/key';

const TIME = { type: String, format: 'date-time' } as const;

/** The limits in force for a key. */
export class KeyRateLimitResponse {
  @ApiProperty({
    description: 'Calls allowed in a clock minute; null: no limit.',
    type: Number,
    nullable: true,
    example: 300,
  })
  requestsPerMinute!: number | null;

  @ApiProperty({
    description: 'Calls allowed in a clock hour; null: no limit.',
    type: Number,
    nullable: true,
    example: null,
  })
  requestsPerHour!: number | null;

  @ApiProperty({
    description: 'Calls allowed in a UTC day; null: no limit.',
    type: Number,
    nullable: true,
    example: 100_000,
  })
  requestsPerDay!: number | null;
}

/** How much a key was used. */
export class KeyUsageResponse {
  @ApiProperty({ description: 'Events of the key, ever.', type: 'integer', format: 'int64', example: 48_213 })
  totalRequests!: number;

  @ApiProperty({ description: 'Since midnight UTC.', type: 'integer', format: 'int64', example: 1_204 })
  requestsToday!: number;

  @ApiProperty({ description: 'Since the first of the month, UTC.', type: 'integer', format: 'int64', example: 20_118 })
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

  @ApiProperty({ ...TIME, description: 'When it was made.', example: '2026-01-12T09:30:00.000Z' })
  createdAt!: string;

  @ApiProperty({
    ...TIME,
    description: 'When it ends; null: never.',
    nullable: true,
    example: '2027-01-31T00:00:00.000Z',
  })
  expiresAt!: string | null;

  @ApiProperty({ ...TIME, description: 'When it was revoked; null: it was not.', nullable: true, example: null })
  revokedAt!: string | null;

  @ApiProperty({
    ...TIME,
    description: 'Its newest event; null: none yet.',
    nullable: true,
    example: '2026-03-02T10:15:29.412Z',
  })
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

/** The answer to `GET /keys/{keyId}` and `DELETE /keys/{keyId}`. */
export class OneKeyResponse {
  @ApiProperty({ description: 'Always true.', enum: [true], type: Boolean, example: true })
  success!: true;

  @ApiProperty({ description: 'The key.', type: () => KeyResponse })
  key!: KeyResponse;

  @ApiProperty({ ...TIME, description: 'When it was answered.', example: '2026-03-02T10:15:30.000Z' })
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
  @ApiProperty({ description: 'All keys.', type: 'integer', format: 'int64', example: 4 })
  totalKeys!: number;

  @ApiProperty({ description: 'Keys that work.', type: 'integer', format: 'int64', example: 2 })
  activeKeys!: number;

  @ApiProperty({ description: 'Keys past their end.', type: 'integer', format: 'int64', example: 1 })
  expiredKeys!: number;

  @ApiProperty({ description: 'Keys that were revoked.', type: 'integer', format: 'int64', example: 1 })
  revokedKeys!: number;
}

/** Where a page of keys stands in the whole list. */
export class KeysPaginationResponse {
  @ApiProperty({ description: 'Keys that match the filter.', type: 'integer', format: 'int64', example: 4 })
  total!: number;

  @ApiProperty({ description: 'As asked for.', type: 'integer', format: 'int64', example: 100 })
  limit!: number;

  @ApiProperty({ description: 'As asked for.', type: 'integer', format: 'int64', example: 0 })
  offset!: number;

  @ApiProperty({ description: 'Whether there are keys after this page.', example: false })
  hasMore!: boolean;
}

/** The answer to `GET /keys`. */
export class KeysResponse {
  @ApiProperty({ description: 'Always true.', enum: [true], type: Boolean, example: true })
  success!: true;

  @ApiProperty({ description: 'One page, in order of creation.', type: () => [KeyResponse] })
  keys!: KeyResponse[];

  @ApiProperty({ description: 'Counts over all keys, whatever the filter.', type: () => KeysSummaryResponse })
  summary!: KeysSummaryResponse;

  @ApiProperty({ description: 'Where the page stands.', type: () => KeysPaginationResponse })
  pagination!: KeysPaginationResponse;

  @ApiProperty({ ...TIME, description: 'When it was answered.', example: '2026-03-02T10:15:30.000Z' })
  timestamp!: string;
}
