import { ApiProperty } from '@nestjs/swagger';
import { PERMISSIONS, type Permission, TIERS, type Tier } from '../../auth/key';
import { ApiInstant, ApiSuccess } from '../../http/response-fields';

export const CALLER_KINDS = ['key', 'token'] as const;

/** Who calls. */
export class CallerDto {
  @ApiProperty({
    description: 'Whether an API key was sent or a share token.',
    enum: CALLER_KINDS,
    enumName: 'CallerKind',
    example: 'key',
  })
  kind!: (typeof CALLER_KINDS)[number];

  @ApiProperty({
    description: "The key's id; for a token that of the key that made it, whose budget counts its calls.",
    example: 'key_4fJ2mZ0aQ9xT7bKd',
  })
  keyId!: string;

  @ApiProperty({
    description: 'The account that the caller belongs to; a token, the one that it reads.',
    example: 'acme',
  })
  accountId!: string;

  @ApiProperty({
    description: "The key's name; null for a token, which is often in a customer's hands.",
    type: String,
    nullable: true,
    example: 'Checkout service',
  })
  name!: string | null;

  @ApiProperty({ description: 'Sets the limits of the calls.', enum: TIERS, enumName: 'Tier', example: 'starter' })
  tier!: Tier;

  @ApiProperty({
    description: 'Everything that the caller may do: an admin all of them, a token no more than the key that made it.',
    enum: PERMISSIONS,
    enumName: 'Permission',
    isArray: true,
    example: ['usage:read', 'events:write'],
  })
  permissions!: Permission[];

  @ApiProperty({
    description: 'The keys to which a token is restricted; null: all of the account.',
    type: [String],
    nullable: true,
    example: null,
  })
  keyIds!: string[] | null;

  @ApiProperty({ description: 'Whether the caller reads and manages all accounts.', example: false })
  isAdmin!: boolean;

  @ApiInstant('When the key or token ends; null: never.', '2027-01-31T00:00:00.000Z', { nullable: true })
  expiresAt!: string | null;
}

/** What depends on how the service is set up. */
export class FeaturesDto {
  @ApiProperty({
    description:
      'Whether `POST /sql` runs statements: with the embedded engine, but not where `CLICKHOUSE_URL` names a server.',
    example: true,
  })
  sql!: boolean;
}

/** The answer to `GET /me`. */
export class MeResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'Who calls.', type: () => CallerDto })
  caller!: CallerDto;

  @ApiProperty({ description: 'What this service can do.', type: () => FeaturesDto })
  features!: FeaturesDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
