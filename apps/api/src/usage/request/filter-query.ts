import { ApiPropertyOptional } from '@nestjs/swagger';
import { HTTP_METHOD, TIMEFRAMES, type Timeframe } from '@meterhouse/common';
import { IsOptional } from 'class-validator';
import { IsInstant, IsOneOf, IsQueryList, OptionalAccountId } from '../../http/fields';

/** When events can have happened. */
const EVENT_YEARS = { from: Date.UTC(2000, 0, 1), before: Date.UTC(2100, 0, 1) };

const ID = /^[\x21-\x2b\x2d-\x7e]{1,128}$/;

/** A method, or all that are counted together. */
const METHOD = new RegExp(`${HTTP_METHOD.source}|^\\{other\\}$`);

/** Which requests are read: the part that every query about usage has. */
export class FilterQuery {
  /** Keys of the account; all of them when left out. */
  @ApiPropertyOptional({
    description:
      'Keys of the account; several are separated by commas, or the parameter is repeated. Left out: all keys of the account.',
    type: [String],
    example: ['key_4fTz0aQ8c1dR7w2L'],
  })
  @IsQueryList(ID, '1 to 128 printable characters without spaces or commas')
  keyId: readonly string[] = [];

  /** Admins only. */
  @OptionalAccountId('Admins only: the account to read. Left out, an admin reads all accounts together.')
  accountId?: string;

  /** How far the window reaches back from now. */
  @ApiPropertyOptional({
    description:
      'How far the window reaches back from now; 24h where `from` is left out too. Its start is rounded down to a ' +
      'minute (1h, 24h), an hour (7d, 30d, 90d) or a day (1y); `all` starts with the day of the first event.',
    enum: TIMEFRAMES,
    example: '7d',
  })
  @IsOptional()
  @IsOneOf(TIMEFRAMES)
  timeframe?: Timeframe;

  /** First instant of the window, instead of a timeframe. */
  @ApiPropertyOptional({
    description:
      'First instant of the window, instead of `timeframe`: ISO 8601 with an offset, or a date, whose start in ' +
      '`timezone` is meant. Rounded down to the minute as long as minutes are kept, then to the hour and the UTC day.',
    type: String,
    example: '2026-11-01',
  })
  @IsOptional()
  @IsInstant(EVENT_YEARS)
  from?: string;

  /** End of the window, exclusive; now when left out. */
  @ApiPropertyOptional({
    description: 'End of the window, exclusive; written like `from`, and rounded up. Left out, or in the future: now.',
    type: String,
    example: '2026-11-22T12:00:00Z',
  })
  @IsOptional()
  @IsInstant(EVENT_YEARS)
  to?: string;

  /** Paths or route templates. */
  @ApiPropertyOptional({
    description:
      'Only these endpoints; repeat the parameter for several. Named as those of events are: `/v1/orders/42`, ' +
      '`/v1/orders/:id` and `/v1/orders/{id}` ask for the same.',
    type: [String],
    example: ['/v1/orders/{id}'],
  })
  @IsQueryList(/^\P{Cc}{1,2048}$/u, '1 to 2,048 characters without control characters', null)
  endpoint: string[] = [];

  /** HTTP methods. */
  @ApiPropertyOptional({
    description: 'Only these HTTP methods, separated by commas; `{other}` for those past the number of a day.',
    type: [String],
    example: ['GET', 'POST'],
  })
  @IsQueryList(METHOD, 'HTTP methods such as GET')
  method: string[] = [];

  /** Status codes and classes. */
  @ApiPropertyOptional({
    description: 'Only these status codes or classes of them, separated by commas.',
    type: [String],
    example: ['404', '5xx'],
  })
  @IsQueryList(/^[1-5](\d\d|[xX]{2})$/, 'status codes from 100 to 599, or classes such as 5xx')
  statusCode: string[] = [];

  /** Error types. */
  @ApiPropertyOptional({
    description: 'Only these error types, separated by commas.',
    type: [String],
    example: ['rate_limited'],
  })
  @IsQueryList(/^[^\x00-\x1f,]{1,64}$/, '1 to 64 characters without commas')
  errorType: string[] = [];
}
