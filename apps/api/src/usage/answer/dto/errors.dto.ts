import { ApiProperty } from '@nestjs/swagger';

/** Failed requests of one type. */
export class ErrorTypeDto {
  @ApiProperty({ type: String, description: 'Error type, as sent or named after the status.', example: 'not_found' })
  type!: string;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'Failed requests.', example: 210 })
  count!: number;

  @ApiProperty({ type: Number, description: 'In percent of all failed requests.', example: 63.253012 })
  percentage!: number;

  @ApiProperty({ type: String, description: 'What the type means.', example: 'The resource does not exist.' })
  description!: string;
}

/** Failed requests of one endpoint. */
export class EndpointErrorsDto {
  @ApiProperty({ type: String, description: 'Route template.', example: '/v1/orders/{id}' })
  endpoint!: string;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'Failed requests.', example: 77 })
  count!: number;

  @ApiProperty({ type: Number, description: 'In percent of the requests of this endpoint.', example: 1.503906 })
  errorRate!: number;
}

/** Failed requests with one status code. */
export class StatusCodeErrorsDto {
  @ApiProperty({ type: 'integer', format: 'int64', description: 'HTTP status code, 400 or above.', example: 404 })
  statusCode!: number;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'Failed requests.', example: 210 })
  count!: number;

  @ApiProperty({ type: Number, description: 'In percent of all failed requests.', example: 63.253012 })
  percentage!: number;
}

/** Failed requests of the window. */
export class ErrorsDto {
  @ApiProperty({ type: 'integer', format: 'int64', description: 'Failed requests.', example: 332 })
  totalErrors!: number;

  @ApiProperty({
    type: Number,
    description: 'In percent of all requests. Null without any.',
    nullable: true,
    example: 1.820774,
  })
  errorRate!: number | null;

  @ApiProperty({ type: [ErrorTypeDto], description: 'Every error type, most first.' })
  byType!: ErrorTypeDto[];

  @ApiProperty({ type: [EndpointErrorsDto], description: 'Endpoints with failed requests, most first; at most 1,000.' })
  byEndpoint!: EndpointErrorsDto[];

  @ApiProperty({ type: [StatusCodeErrorsDto], description: 'Every failed status code, ascending.' })
  byStatusCode!: StatusCodeErrorsDto[];
}
