/** The fields of a plan, as bodies and answers have them. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  MODELS,
  type Match,
  type Model,
  type Plan,
  type Price,
  type Quantity,
  type Tier,
  UNITS,
  type Unit,
} from '@meterhouse/pricing';

export type PlanFields = Plan;

const QUANTITY = [{ type: 'number', minimum: 0 }, { type: 'string' }];
/** Beside a oneOf OpenAPI 3.0 has no `nullable`. */
const QUANTITY_OR_NULL = [{ type: 'number', minimum: 0, nullable: true }, { type: 'string' }];

/** A tier: from above the `upTo` of the one before, up to and including its own. */
export class TierDto implements Tier {
  @ApiPropertyOptional({
    description: 'Units; null in the last tier, which has no end.',
    oneOf: QUANTITY_OR_NULL,
    example: 10_000,
  })
  upTo!: Quantity | null;

  @ApiProperty({
    description: 'What a unit costs, or a package with the model `package`; at most 12 decimals.',
    type: String,
    example: '0.0015',
  })
  unitAmount!: string;

  @ApiPropertyOptional({
    description: 'Added once as soon as a unit falls into the tier.',
    type: String,
    default: '0',
    example: '0',
  })
  flatAmount!: string;
}

/** Which requests a price is for. What is left out matches all. */
export class MatchDto implements Match {
  @ApiPropertyOptional({
    description: 'Names of endpoints; with * at the end all that begin so.',
    type: [String],
    example: ['/v1/search*'],
  })
  endpoint!: string[];

  @ApiPropertyOptional({ description: 'HTTP methods.', type: [String], example: ['GET'] })
  method!: string[];

  @ApiPropertyOptional({ description: 'Status codes, or classes of them.', type: [String], example: ['2xx'] })
  statusCode!: string[];
}

/** What requests of a kind cost. */
export class PriceDto implements Price {
  @ApiPropertyOptional({
    description: 'Its id within the plan; `price-1` and so on where it is left out.',
    type: String,
    example: 'search',
  })
  id!: string;

  @ApiProperty({ description: 'What it is called on a bill.', type: String, maxLength: 100, example: 'Searches' })
  name!: string;

  @ApiPropertyOptional({ description: 'Which requests it is for.', type: () => MatchDto })
  match!: MatchDto;

  @ApiPropertyOptional({
    description: 'Requests, or megabytes (1,000,000 bytes) of requests and responses together.',
    enum: UNITS,
    default: 'requests',
    example: 'requests',
  })
  unit!: Unit;

  @ApiPropertyOptional({
    description: 'How many units a request, or a megabyte, is.',
    oneOf: QUANTITY,
    default: 1,
    example: 5,
  })
  weight!: Quantity;

  @ApiPropertyOptional({
    description:
      '`unit`: each unit costs the same. `graduated`: each costs what its own tier says. `volume`: all cost what the tier ' +
      'that was reached says. `package`: each started package costs the same.',
    enum: MODELS,
    default: 'unit',
    example: 'graduated',
  })
  model!: Model;

  @ApiPropertyOptional({
    description: 'Units of a period that cost nothing; the tiers begin after them.',
    oneOf: QUANTITY,
    default: 0,
    example: 100_000,
  })
  includedUnits!: Quantity;

  @ApiPropertyOptional({
    description: 'Units of a package, with the model `package` alone.',
    oneOf: QUANTITY_OR_NULL,
    example: null,
  })
  packageSize!: Quantity | null;

  @ApiProperty({
    description: 'At most 100, rising; one with the models `unit` and `package`.',
    type: () => [TierDto],
  })
  tiers!: TierDto[];
}
