import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateBy, type ValidationArguments, ValidateNested } from 'class-validator';
import { quoted } from '../../http/fields';
import { ApiCount } from '../../http/response-fields';
import { DEFAULT_LIMIT, type LimitChanges, type Limits } from '../limits';

const MOST_KEYS = 100_000;
const MOST_EVENTS = 1_000_000_000_000;
/** What a day of an account may take in memory. */
const MOST_NAMES = 100_000;

/** A limit to set: a number, null for none, or `default`. */
function LimitToSet(description: string, most: number, example: number | null): PropertyDecorator {
  const isRight = (value: unknown): boolean =>
    value === DEFAULT_LIMIT || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most);
  const defaultMessage = (args?: ValidationArguments): string =>
    `${args?.property} should be a whole number from 0 to ${most}, null for no limit, or "${DEFAULT_LIMIT}" for that of the tier, but is ${quoted(args?.value)}.`;
  const validate = ValidateBy({ name: 'isLimit', validator: { validate: isRight, defaultMessage } });
  const document = ApiPropertyOptional({
    description: `${description} Null: no limit; "${DEFAULT_LIMIT}": that of the tier; left out: as it is.`,
    oneOf: [
      { type: 'integer', minimum: 0, maximum: most, nullable: true },
      { type: 'string', enum: [DEFAULT_LIMIT] },
    ],
    example,
  });
  return (target, property) => {
    IsOptional()(target, property);
    validate(target, property);
    document(target, property);
  };
}

/** Limits to set for an account. */
export class LimitChangesDto implements LimitChanges {
  @LimitToSet('Keys that may be active at once; those known only from events do not count.', MOST_KEYS, 20)
  activeKeys?: number | null | typeof DEFAULT_LIMIT;

  @LimitToSet('Events in a clock minute.', MOST_EVENTS, 50_000)
  eventsPerMinute?: number | null | typeof DEFAULT_LIMIT;

  @LimitToSet('Events in a UTC day.', MOST_EVENTS, null)
  eventsPerDay?: number | null | typeof DEFAULT_LIMIT;

  @LimitToSet('Names of endpoints in a UTC day; more are counted as {other}.', MOST_NAMES, 800)
  endpointNamesPerDay?: number | null | typeof DEFAULT_LIMIT;
}

/** The body of `PATCH /accounts/{accountId}`. */
export class UpdateAccountDto {
  @ApiProperty({ description: 'Limits to set.', type: () => LimitChangesDto })
  @Type(() => LimitChangesDto)
  @ValidateNested({ message: 'limits should be an object with some of the limits of an account.' })
  @IsObject({ message: 'limits should be an object with some of the limits of an account.' })
  limits!: LimitChangesDto;
}

/** The limits of an account that hold. */
export class LimitsDto implements Limits {
  @ApiCount('Keys that may be active at once; null: no limit, here and below.', 10, { nullable: true })
  activeKeys!: number | null;

  @ApiCount('Events in a clock minute.', 20_000, { nullable: true })
  eventsPerMinute!: number | null;

  @ApiCount('Events in a UTC day.', 1_000_000, { nullable: true })
  eventsPerDay!: number | null;

  @ApiCount('Names of endpoints in a UTC day; more are counted as `{other}`.', 500, { nullable: true })
  endpointNamesPerDay!: number | null;
}
