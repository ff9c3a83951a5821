import { ApiProperty } from '@nestjs/swagger';
import { ApiCount, ApiInstant, ApiLatency, ApiNumber } from '../../../http/response-fields';
import { PercentilesDto } from './usage-totals.dto';

/** Requests of one endpoint. */
export class EndpointUsageDto extends PercentilesDto {
  @ApiProperty({ type: String, description: 'Route template.', example: '/v1/orders/{id}' })
  endpoint!: string;

  @ApiCount('All requests.', 5120)
  requests!: number;

  @ApiCount('Requests with a status of 400 or above.', 77)
  failedRequests!: number;

  @ApiNumber('Successful requests, in percent.', 98.496094)
  successRate!: number;

  @ApiLatency('Mean latency in milliseconds.', 92.1, { required: false })
  averageLatency?: number | null;

  @ApiCount('Request and response bytes; all digits past 2^53 too.', 20971520)
  dataTransferred!: number | bigint;

  @ApiInstant('Time of the last request.', '2026-11-22T17:04:58.120Z')
  lastRequestAt!: string;
}

/** Requests of one HTTP method. */
export class MethodUsageDto {
  @ApiProperty({ type: String, description: 'HTTP method.', example: 'GET' })
  method!: string;

  @ApiCount('All requests.', 14011)
  requests!: number;

  @ApiCount('Requests with a status of 400 or above.', 190)
  failedRequests!: number;

  @ApiNumber('In percent of all requests.', 76.840003)
  percentage!: number;
}

/** Requests answered with one status code. */
export class StatusCodeUsageDto {
  @ApiCount('HTTP status code.', 200)
  statusCode!: number;

  @ApiCount('All requests.', 16800)
  requests!: number;

  @ApiNumber('In percent of all requests.', 92.135571)
  percentage!: number;
}

/** Requests of one key. */
export class KeyUsageDto {
  @ApiProperty({ type: String, description: 'The key.', example: 'key_4fTz0aQ8c1dR7w2L' })
  keyId!: string;

  @ApiProperty({
    type: String,
    description: 'Its name; null for a key that is not known any more, and for `{other}`.',
    nullable: true,
    example: 'Production',
  })
  name!: string | null;

  @ApiCount('All requests.', 15000)
  requests!: number;

  @ApiCount('Requests with a status of 400 or above.', 301)
  failedRequests!: number;

  @ApiNumber('In percent of all requests.', 82.263903)
  percentage!: number;
}

/** The window along four dimensions; each sums to all requests (`byEndpoint` over all its pages). */
export class BreakdownDto {
  @ApiProperty({
    type: [EndpointUsageDto],
    description: 'The page of endpoints that `sort`, `order`, `limit` and `offset` ask for.',
  })
  byEndpoint!: EndpointUsageDto[];

  @ApiProperty({
    type: [MethodUsageDto],
    description: 'Every method, most requests first; of more than 1,000 the last is `{other}`, all others together.',
  })
  byMethod!: MethodUsageDto[];

  @ApiProperty({ type: [StatusCodeUsageDto], description: 'Every status code, ascending.' })
  byStatusCode!: StatusCodeUsageDto[];

  @ApiProperty({
    type: [KeyUsageDto],
    description: 'Every key, most requests first; of more than 1,000 the last is `{other}`, all others together.',
  })
  byKey!: KeyUsageDto[];
}
