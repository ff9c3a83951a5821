import { ApiProperty } from '@nestjs/swagger';
import { ApiCount, ApiInstant, ApiNumber, ApiSuccess } from '../../http/response-fields';
import { CONFIDENCES, type Confidence, METHOD_NAMES, type MethodName } from '../method';

/** An expected value with its intervals. */
export class BandDto {
  @ApiNumber('The expected value.', 48_210.5)
  expected!: number;

  @ApiNumber('Lower bound of the 80 % interval: in one of ten cases it comes to less.', 44_870.25)
  low80!: number;

  @ApiNumber('Upper bound of the 80 % interval.', 51_002.75)
  high80!: number;

  @ApiNumber('Lower bound of the 95 % interval.', 41_906.5)
  low95!: number;

  @ApiNumber('Upper bound of the 95 % interval.', 54_377)
  high95!: number;
}

export class ForecastPointDto extends BandDto {
  @ApiInstant(
    'Start of the bucket. The first is the running one, with what it has counted already.',
    '2026-11-28T00:00:00.000Z',
  )
  timestamp!: string;
}

export class ForecastHistoryDto {
  @ApiInstant('Start of the first hour that the forecast is made from.', '2026-10-03T10:00:00.000Z')
  from!: string;

  @ApiInstant('End of the last complete hour; here the forecast begins.', '2026-11-28T09:00:00.000Z')
  to!: string;

  @ApiCount('Requests of these hours, throttled ones among them.', 2_604_113)
  requests!: number;

  @ApiCount('Requests of these hours that were answered 429.', 12_008)
  throttledRequests!: number;
}

export class AccuracyDto {
  @ApiNumber(
    'Mean absolute error of the forecasts by hour, in those of repeating the same hour of the week before; below 1 is better. Null where there was nothing to be wrong about.',
    0.84,
    { nullable: true },
  )
  mase!: number | null;

  @ApiNumber('Share of hours, in percent, that came inside the 80 % interval.', 81.2)
  coverage80!: number;

  @ApiNumber('Share of hours, in percent, that came inside the 95 % interval.', 95.4)
  coverage95!: number;

  @ApiCount('How many forecasts of the past were compared with what came.', 14)
  origins!: number;
}

export class ForecastResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({
    description:
      '`week-shape`: the shape of the week times its present level; `day-shape`: that of the day, where there are less than two weeks; `none`: too little history.',
    enum: METHOD_NAMES,
    enumName: 'ForecastMethod',
    example: 'week-shape',
  })
  method!: MethodName;

  @ApiProperty({ description: 'What the forecast is made from.', type: ForecastHistoryDto })
  history!: ForecastHistoryDto;

  @ApiProperty({
    description: 'Whole buckets, up to the one that holds the end of the horizon. None without a forecast.',
    type: [ForecastPointDto],
  })
  points!: ForecastPointDto[];

  @ApiProperty({
    description: 'All of the horizon together, with intervals of its own. Null without a forecast.',
    type: BandDto,
    nullable: true,
  })
  total!: BandDto | null;

  @ApiProperty({
    description: 'How forecasts at days of the past would have done. Null where the history is too short to tell.',
    type: AccuracyDto,
    nullable: true,
  })
  accuracy!: AccuracyDto | null;

  @ApiProperty({
    description: '`low` where the history is short, `none` where there is no forecast; `notice` says why.',
    enum: CONFIDENCES,
    enumName: 'ForecastConfidence',
    example: 'ok',
  })
  confidence!: Confidence;

  @ApiProperty({
    description: 'What should be known beside; null where there is nothing.',
    type: String,
    nullable: true,
    example: '0.5 % of the requests of the history were throttled; they count as demand.',
  })
  notice!: string | null;

  @ApiInstant('When the answer was made.', '2026-11-28T09:41:07.000Z')
  timestamp!: string;
}
