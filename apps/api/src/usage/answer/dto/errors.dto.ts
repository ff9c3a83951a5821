import { ApiProperty } from '@nestjs/swagger';
import { ApiCount, ApiNumber } from '../../../http/response-fields';

/** Failed requests of one type. */
export class ErrorTypeDto {
  @ApiProperty({ type: String, description: 'Error type, as sent or named after the status.', example: 'not_found' })
  type!: string;

  @ApiCount('Failed requests.', 210)
  count!: number;

  @ApiNumber('In percent of all failed requests.', 63.253012)
  percentage!: number;

  @ApiProperty({ type: String, description: 'What the type means.', example: 'The resource does not exist.' })
  description!: string;
}

/** Failed requests of one endpoint. */
export class EndpointErrorsDto {
  @ApiProperty({ type: String, description: 'Route template.', example: '/v1/orders/{id}' })
  endpoint!: string;

  @ApiCount('Failed requests.', 77)
  count!: number;

  @ApiNumber('In percent of the requests of this endpoint.', 1.503906)
  errorRate!: number;
}

/** Failed requests with one status code. */
export class StatusCodeErrorsDto {
  @ApiCount('HTTP status code, 400 or above.', 404)
  statusCode!: number;

  @ApiCount('Failed requests.', 210)
  count!: number;

  @ApiNumber('In percent of all failed requests.', 63.253012)
  percentage!: number;
}

/** Failed requests of the window. */
export class ErrorsDto {
  @ApiCount('Failed requests.', 332)
  totalErrors!: number;

  @ApiNumber('In percent of all requests. Null without any.', 1.820774, { nullable: true })
  errorRate!: number | null;

  @ApiProperty({
    type: [ErrorTypeDto],
    description: 'Every error type, most first; of more than 1,000 the last is `{other}`, all others together.',
  })
  byType!: ErrorTypeDto[];

  @ApiProperty({ type: [EndpointErrorsDto], description: 'Endpoints with failed requests, most first; at most 1,000.' })
  byEndpoint!: EndpointErrorsDto[];

  @ApiProperty({ type: [StatusCodeErrorsDto], description: 'Every failed status code, ascending.' })
  byStatusCode!: StatusCodeErrorsDto[];
}
