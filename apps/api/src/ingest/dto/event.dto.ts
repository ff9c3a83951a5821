import { HTTP_METHOD } from '@meterhouse/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** An event as a client sends it, for the documentation; `EventValidator` checks it. */
export class EventDto {
  @ApiPropertyOptional({
    description:
      'Names the event, so that sending it again within 7 days counts it once in its account. Made by the service when ' +
      'missing.',
    minLength: 1,
    maxLength: 128,
    example: '01968f3e-7c1a-7b30-9d42-6a1f0e5c2b88',
  })
  id?: string;

  @ApiPropertyOptional({
    description:
      'When the request was made: ISO 8601 with `Z` or an offset, or epoch milliseconds. At most 5 minutes ahead, and ' +
      'not older than raw events are kept (90 days unless configured). Default: when the service receives it.',
    oneOf: [
      { type: 'string', format: 'date-time' },
      { type: 'number', description: 'Epoch milliseconds.' },
    ],
    example: '2026-03-02T10:15:30.000Z',
  })
  timestamp?: string | number;

  @ApiPropertyOptional({
    description: 'The key the request was made with. Default: the calling key. An admin may name any key.',
    minLength: 1,
    maxLength: 128,
    example: 'key_4fTz0aQ8c1dR7w2L',
  })
  keyId?: string;

  @ApiProperty({
    description:
      'The HTTP method, a token with at least one letter, in any case; it is stored in upper case. ' +
      'Past 50 methods beside the seven common ones of an account in a UTC day, new ones become `{other}`.',
    pattern: HTTP_METHOD.source,
    example: 'GET',
  })
  method!: string;

  @ApiProperty({
    description:
      'A route template or a path, which is counted under one name: the query string and parameters such as ' +
      '`;jsessionid=…` are cut, percent-encoding is normalised, and what varies becomes `{id}`: numbers, dates, UUIDs, hex ' +
      'and opaque ids, addresses, also inside a segment (`/Users(42)` → `/Users({id})`, `/invoice-100234.pdf` → ' +
      '`/invoice-{id}.pdf`). `:userId`, `<int:userId>` and `{userId:int}` are `{userId}`. Words, versions and years in words stay. ' +
      'Names past those that an account may have in a UTC day (500 to 10,000, by tier) become `{other}`.',
    minLength: 1,
    maxLength: 2048,
    example: '/v1/users/{id}',
  })
  endpoint!: string;

  @ApiProperty({
    description: 'The HTTP status.',
    type: 'integer',
    format: 'int64',
    minimum: 100,
    maximum: 599,
    example: 200,
  })
  statusCode!: number;

  @ApiProperty({
    description:
      'How long the request took, in milliseconds; stored to the microsecond. Of status 101 and 429 it is not counted.',
    type: 'number',
    minimum: 0,
    maximum: 3_600_000,
    example: 42.5,
  })
  latencyMs!: number;

  @ApiPropertyOptional({
    description: "The request body's size, in bytes.",
    type: 'integer',
    format: 'int64',
    minimum: 0,
    default: 0,
    example: 512,
  })
  requestBytes?: number;

  @ApiPropertyOptional({
    description: "The response body's size, in bytes.",
    type: 'integer',
    format: 'int64',
    minimum: 0,
    default: 0,
    example: 2048,
  })
  responseBytes?: number;

  @ApiPropertyOptional({
    description:
      'What went wrong. Default for a status of 400 and above: a name for the code, such as `not_found` or ' +
      '`internal_error`. Ignored below 400. Spaces around it are cut; it has no comma, which separates the types in a filter. ' +
      'Past 1,000 types of an account in a UTC day, new ones become `{other}`.',
    maxLength: 64,
    example: 'not_found',
  })
  errorType?: string;
}

/** Events in an object. */
export class EventsDto {
  @ApiProperty({ description: 'The events.', type: [EventDto], minItems: 1, maxItems: 10_000 })
  events!: EventDto[];
}
