import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOneOf, IsQueryList, OptionalAccountId } from '../../http/fields';
import { IsTimezone } from '../../usage/request/is-timezone';
import { HORIZONS, type Horizon, METRICS, type Metric } from '../history';
import { FORECAST_GRANULARITIES, type ForecastGranularity } from '../points';

const ID = /^[\x21-\x2b\x2d-\x7e]{1,128}$/;

/** The query of `GET /usage/forecast`. */
export class ForecastQueryDto {
  @ApiPropertyOptional({
    description:
      'What is forecast: all requests, those that were throttled among them, so that a limit does not hide growth; or bytes of requests and responses.',
    enum: METRICS,
    enumName: 'ForecastMetric',
    default: 'requests',
    example: 'requests',
  })
  @IsOneOf(METRICS)
  metric: Metric = 'requests';

  @ApiPropertyOptional({
    description: 'How far ahead, from the end of the last complete hour.',
    enum: HORIZONS,
    enumName: 'ForecastHorizon',
    default: '7d',
    example: '7d',
  })
  @IsOneOf(HORIZONS)
  horizon: Horizon = '7d';

  @ApiPropertyOptional({
    description: 'Width of the buckets. Their intervals are of the bucket as a whole, and not sums of those of hours.',
    enum: FORECAST_GRANULARITIES,
    enumName: 'ForecastGranularity',
    default: 'day',
    example: 'day',
  })
  @IsOneOf(FORECAST_GRANULARITIES)
  granularity: ForecastGranularity = 'day';

  @ApiPropertyOptional({
    description:
      'IANA time zone of the buckets and of the week whose shape is forecast: over a change of its clocks, an hour stays the hour that its people have.',
    type: String,
    default: 'UTC',
    example: 'Europe/Berlin',
  })
  @IsTimezone()
  timezone: string = 'UTC';

  @ApiPropertyOptional({
    description:
      'Keys of the account whose requests are forecast together; several are separated by commas, or the parameter is repeated. Left out: all keys of the account.',
    type: [String],
    example: ['key_4fTz0aQ8c1dR7w2L'],
  })
  @IsQueryList(ID, '1 to 128 printable characters without spaces or commas')
  keyId: readonly string[] = [];

  @OptionalAccountId('Admins only: the account to forecast. Left out, an admin gets that of all accounts together.')
  accountId?: string;
}
