import { ApiProperty } from '@nestjs/swagger';
import { ApiCount, ApiInstant, ApiNumber, ApiSuccess } from '../../http/response-fields';

/** An amount of money: a decimal string with the digits of the currency. */
function ApiAmount(description: string, example: string): PropertyDecorator {
  return ApiProperty({ type: String, description, example, pattern: '^-?\\d+(\\.\\d+)?$' });
}

/** The plan by which a window was priced. */
export class CostPlanDto {
  @ApiProperty({ description: 'Its id.', example: 'pln_4fJ2mZ0aQ9xT7bKd' })
  id!: string;

  @ApiCount('The version that was the last to hold in the window.', 2)
  version!: number;

  @ApiProperty({ description: 'Its name.', example: 'Starter' })
  name!: string;
}

/** What was priced. */
export class CostPeriodDto {
  @ApiInstant('Start of the billing period or the window.', '2026-11-01T00:00:00.000Z')
  from!: string;

  @ApiInstant('Its end, exclusive; of a running period it is to come.', '2026-12-01T00:00:00.000Z')
  to!: string;

  @ApiProperty({ description: 'The zone in which buckets begin.', example: 'UTC' })
  timezone!: string;

  @ApiProperty({ description: 'Whether it is over and all of its accepted events are counted.', example: false })
  complete!: boolean;

  @ApiInstant('Every event accepted before is counted.', '2026-11-28T11:59:58.000Z')
  watermark!: string;
}

/** What one price of the plan comes to. */
export class LineDto {
  @ApiProperty({ description: "The price's id.", example: 'requests' })
  priceId!: string;

  @ApiProperty({ description: "The price's name.", example: 'Requests' })
  name!: string;

  @ApiNumber('Units of the window, after the weight.', 250_000)
  units!: number | bigint;

  @ApiNumber('Those of them that are included.', 100_000)
  includedUnits!: number | bigint;

  @ApiNumber('Those of them that are not.', 150_000)
  billableUnits!: number | bigint;

  @ApiAmount('What they come to, rounded once, half away from zero.', '120.00')
  amount!: string;
}

export const UNPRICED_REASONS = ['free_status', 'no_price', 'no_plan'] as const;

/** Requests without a price. */
export class UnpricedDto {
  @ApiProperty({
    description:
      '`free_status`: their status costs nothing. `no_price`: no price of the plan matches them. `no_plan`: the account ' +
      'had no plan then.',
    enum: UNPRICED_REASONS,
    example: 'free_status',
  })
  reason!: (typeof UNPRICED_REASONS)[number];

  @ApiCount('How many there are.', 4_200)
  requests!: number | bigint;
}

/** What the requests of one key cost. */
export class KeyCostDto {
  @ApiProperty({ description: "The key's id; `{other}`: all past the first 1,000.", example: 'key_4fTz0aQ8c1dR7w2L' })
  keyId!: string;

  @ApiProperty({ description: "The key's name.", type: String, nullable: true, example: 'Production' })
  name!: string | null;

  @ApiCount('Its requests, those without a price too.', 120_000)
  requests!: number | bigint;

  @ApiAmount('Its share of the lines, by units.', '57.60')
  amount!: string;
}

/** What the requests to one endpoint cost. */
export class EndpointCostDto {
  @ApiProperty({ description: 'Its name; `{other}`: all past the first 1,000 too.', example: '/v1/search' })
  endpoint!: string;

  @ApiCount('Its requests, those without a price too.', 120_000)
  requests!: number | bigint;

  @ApiAmount('Its share of the lines, by units.', '57.60')
  amount!: string;
}

/** A bucket of the series. */
export class CostPointDto {
  @ApiInstant('Start of the bucket.', '2026-11-01T00:00:00.000Z')
  timestamp!: string;

  @ApiAmount('Its share of the lines, by units.', '4.12')
  amount!: string;
}

/** Requests that were of no use, with what they cost. */
export class WastedDto {
  @ApiCount('How many there were, those without a price too.', 1_200)
  requests!: number | bigint;

  @ApiAmount('Their share of the lines, by units.', '1.20')
  amount!: string;
}

/** What failed requests cost. */
export class WasteDto {
  @ApiProperty({ description: 'With a status of 400 or above, but for 429.', type: () => WastedDto })
  errors!: WastedDto;

  @ApiProperty({ description: 'With the status 429.', type: () => WastedDto })
  throttled!: WastedDto;

  @ApiProperty({
    description:
      'Requests within a minute after one of the same key, method and endpoint that failed with 408, 425, 429 or 5xx, ' +
      'whatever became of them; some are among `errors` or `throttled` too. Null without `includeRetries`.',
    type: () => WastedDto,
    nullable: true,
  })
  retries!: WastedDto | null;
}

/** What a running period is expected to cost at its end. */
export class ProjectedDto {
  @ApiAmount('The total at the end.', '201.15')
  expected!: string;

  @ApiAmount('In one of ten cases it is less.', '188.40')
  low!: string;

  @ApiAmount('In one of ten cases it is more.', '214.90')
  high!: string;
}

/** What a period came to when it was closed. */
export class ClosedDto {
  @ApiInstant('When it was closed: a day after its end at the earliest.', '2026-11-02T00:04:00.000Z')
  at!: string;

  @ApiAmount('Its total then.', '169.00')
  total!: string;

  @ApiCount('Its requests then.', 250_000)
  requests!: number | bigint;
}

/** A change of a period that was closed. */
export class AdjustmentDto {
  @ApiInstant('When it was noticed.', '2026-11-05T10:00:00.000Z')
  at!: string;

  @ApiCount('Events that came late; negative where some were deleted, 0 where the plan was changed.', 1_200)
  requests!: number | bigint;

  @ApiAmount('What the total rose by; negative where it fell.', '0.96')
  amount!: string;
}

/** What the usage of a window costs. */
export class CostResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'The plan by which it was priced.', type: () => CostPlanDto })
  plan!: CostPlanDto;

  @ApiProperty({ description: 'The currency of all amounts (ISO 4217).', example: 'USD' })
  currency!: string;

  @ApiProperty({ description: 'What was priced.', type: () => CostPeriodDto })
  period!: CostPeriodDto;

  @ApiAmount('Lines and flat fee, less discount and cut, and the top-up.', '169.00')
  total!: string;

  @ApiProperty({ description: 'One for each price of the plan.', type: () => [LineDto] })
  lines!: LineDto[];

  @ApiAmount('The flat fee; of a part of a period by its time.', '49.00')
  flatFee!: string;

  @ApiAmount('Taken off the lines.', '0.00')
  discount!: string;

  @ApiAmount('What is added up to the minimum of the period, at its end.', '0.00')
  minimumTopUp!: string;

  @ApiAmount('What is above the maximum of the period, taken off.', '0.00')
  maximumCut!: string;

  @ApiProperty({ description: 'Requests without a price, by the reason.', type: () => [UnpricedDto] })
  unpriced!: UnpricedDto[];

  @ApiProperty({ description: 'At most 1,000 keys, the dearest first.', type: () => [KeyCostDto] })
  byKey!: KeyCostDto[];

  @ApiProperty({ description: 'At most 1,000 endpoints, the dearest first.', type: () => [EndpointCostDto] })
  byEndpoint!: EndpointCostDto[];

  @ApiProperty({ description: 'The lines by time, up to now.', type: () => [CostPointDto] })
  timeSeries!: CostPointDto[];

  @ApiProperty({ description: 'What requests cost that were of no use.', type: () => WasteDto })
  waste!: WasteDto;

  @ApiProperty({
    description:
      'Of a period that is over, by the plan of the account and without filters: what it came to when it was closed; null ' +
      'before, and for any other window.',
    type: () => ClosedDto,
    nullable: true,
  })
  closed!: ClosedDto | null;

  @ApiProperty({
    description: 'What has changed since. `total` is the total of `closed` with these.',
    type: () => [AdjustmentDto],
  })
  adjustments!: AdjustmentDto[];

  @ApiProperty({
    description: 'Of the running period; null for any other window, with filters, and where too little is known.',
    type: () => ProjectedDto,
    nullable: true,
  })
  projected!: ProjectedDto | null;

  @ApiInstant('When the answer was made.', '2026-11-28T12:00:00.000Z')
  timestamp!: string;
}
