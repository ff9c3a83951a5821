import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Requests of one endpoint. */
export class EndpointUsageDto {
  @ApiProperty({ type: String, description: 'Route template.', example: '/v1/orders/{id}' })
  endpoint!: string;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'All requests.', example: 5120 })
  requests!: number;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Requests with a status of 400 or above.',
    example: 77,
  })
  failedRequests!: number;

  @ApiProperty({ type: Number, description: 'Successful requests, in percent.', example: 98.496094 })
  successRate!: number;

  @ApiPropertyOptional({
    type: Number,
    description: 'Mean latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 92.1,
  })
  averageLatency?: number | null;

  @ApiPropertyOptional({
    type: Number,
    description: '50th percentile of latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 61.25,
  })
  p50?: number | null;

  @ApiPropertyOptional({
    type: Number,
    description: '95th percentile of latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 244,
  })
  p95?: number | null;

  @ApiPropertyOptional({
    type: Number,
    description: '99th percentile of latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 812,
  })
  p99?: number | null;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Request and response bytes; all digits past 2^53 too.',
    example: 20971520,
  })
  dataTransferred!: number | bigint;

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Time of the last request.',
    example: '2026-11-22T17:04:58.120Z',
  })
  lastRequestAt!: string;
}

/** Requests of one HTTP method. */
export class MethodUsageDto {
  @ApiProperty({ type: String, description: 'HTTP method.', example: 'GET' })
  method!: string;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'All requests.', example: 14011 })
  requests!: number;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Requests with a status of 400 or above.',
    example: 190,
  })
  failedRequests!: number;

  @ApiProperty({ type: Number, description: 'In percent of all requests.', example: 76.840003 })
  percentage!: number;
}

/** Requests answered with one status code. */
export class StatusCodeUsageDto {
  @ApiProperty({ type: 'integer', format: 'int64', description: 'HTTP status code.', example: 200 })
  statusCode!: number;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'All requests.', example: 16800 })
  requests!: number;

  @ApiProperty({ type: Number, description: 'In percent of all requests.', example: 92.135571 })
  percentage!: number;
}

/** Requests of one key. */
export class KeyUsageDto {
  @ApiProperty({ type: String, description: 'The key.', example: 'key_4fTz0aQ8c1dR7w2L' })
  keyId!: string;

  @ApiProperty({
    type: String,
    description: 'Its name; null for a key that is not known any more.',
    nullable: true,
    example: 'Production',
  })
  name!: string | null;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'All requests.', example: 15000 })
  requests!: number;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Requests with a status of 400 or above.',
    example: 301,
  })
  failedRequests!: number;

  @ApiProperty({ type: Number, description: 'In percent of all requests.', example: 82.263903 })
  percentage!: number;
}

/** The window along four dimensions; each sums to all requests (`byEndpoint` over all its pages). */
export class BreakdownDto {
  @ApiProperty({
    type: [EndpointUsageDto],
    description: 'The page of endpoints that `sort`, `order`, `limit` and `offset` ask for.',
  })
  byEndpoint!: EndpointUsageDto[];

  @ApiProperty({ type: [MethodUsageDto], description: 'Every method, most requests first.' })
  byMethod!: MethodUsageDto[];

  @ApiProperty({ type: [StatusCodeUsageDto], description: 'Every status code, ascending.' })
  byStatusCode!: StatusCodeUsageDto[];

  @ApiProperty({ type: [KeyUsageDto], description: 'Every key, most requests first.' })
  byKey!: KeyUsageDto[];
}
