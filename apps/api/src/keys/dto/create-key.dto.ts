import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import { PERMISSIONS, type Permission, TIERS, type Tier } from '../../auth/key';
import { IsInstant, IsOneOf, IsSomeOf, IsWholeNumber, OptionalAccountId } from '../../http/fields';
import { IsText } from '../../http/text-field';
import { IsMetadata } from '../fields';

const MAX_REQUESTS = 1_000_000_000;

/** An enterprise key's own limits. */
export class RateLimitDto {
  @ApiPropertyOptional({
    description: 'Calls allowed in a clock minute; left out or null: no limit.',
    type: Number,
    minimum: 1,
    maximum: MAX_REQUESTS,
    nullable: true,
    example: 5_000,
  })
  @IsOptional()
  @IsWholeNumber(1, MAX_REQUESTS)
  requestsPerMinute?: number | null;

  @ApiPropertyOptional({
    description: 'Calls allowed in a clock hour; left out or null: no limit.',
    type: Number,
    minimum: 1,
    maximum: MAX_REQUESTS,
    nullable: true,
    example: 100_000,
  })
  @IsOptional()
  @IsWholeNumber(1, MAX_REQUESTS)
  requestsPerHour?: number | null;

  @ApiPropertyOptional({
    description: 'Calls allowed in a UTC day; left out or null: no limit.',
    type: Number,
    minimum: 1,
    maximum: MAX_REQUESTS,
    nullable: true,
    example: 2_000_000,
  })
  @IsOptional()
  @IsWholeNumber(1, MAX_REQUESTS)
  requestsPerDay?: number | null;
}

/** The body of `POST /keys`. */
export class CreateKeyDto {
  @ApiProperty({
    description: 'What people call the key.',
    minLength: 1,
    maxLength: 100,
    example: 'Checkout service',
  })
  @IsText(1, 100)
  name!: string;

  @ApiPropertyOptional({
    description: 'What the key is for.',
    type: String,
    nullable: true,
    maxLength: 500,
    example: 'Production, both regions',
  })
  @IsOptional()
  @IsText(0, 500)
  description?: string | null;

  @ApiPropertyOptional({
    description:
      "The key's tier, which sets its limits. A member cannot go above the highest of its account's keys, and only an enterprise key or an admin can give `enterprise`.",
    enum: TIERS,
    enumName: 'Tier',
    default: 'free',
    example: 'starter',
  })
  @IsOptional()
  @IsOneOf(TIERS)
  tier?: Tier;

  @ApiPropertyOptional({
    description:
      'What the key may do. A member can grant what its own key holds. By default usage:read and events:write, as far as the calling key holds them.',
    enum: PERMISSIONS,
    enumName: 'Permission',
    isArray: true,
    minItems: 1,
    uniqueItems: true,
    example: ['usage:read', 'events:write'],
  })
  @IsOptional()
  @IsSomeOf(PERMISSIONS, 'permission')
  permissions?: Permission[];

  @ApiPropertyOptional({
    description: "The key's own limits; only for the tier enterprise. None set: no limit.",
    type: () => RateLimitDto,
    nullable: true,
  })
  @IsOptional()
  @Type(() => RateLimitDto)
  @ValidateNested({ message: 'rateLimit should be an object with requestsPerMinute, requestsPerHour, requestsPerDay.' })
  @IsObject({ message: 'rateLimit should be an object with requestsPerMinute, requestsPerHour, requestsPerDay.' })
  rateLimit?: RateLimitDto | null;

  @ApiPropertyOptional({
    description:
      'When the key ends, ISO 8601 with a zone (a date alone is midnight UTC). Left out: never, or with the calling key where that ends; a key cannot make or prolong one to outlive it, except an admin a key without that permission.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2027-01-31T00:00:00.000Z',
  })
  @IsOptional()
  @IsInstant({ before: Date.UTC(2300, 0, 1) })
  expiresAt?: string | null;

  @ApiPropertyOptional({
    description: 'Anything of your own, kept with the key; at most 4 KiB as JSON.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { team: 'payments' },
  })
  @IsOptional()
  @IsMetadata()
  metadata?: Record<string, unknown> | null;

  @OptionalAccountId("The account that owns the key; admins only. Left out: the calling key's account.")
  accountId?: string;
}
