import { ApiProperty } from '@nestjs/swagger';

/** Figures over some requests, by the rules of `GET /usage`. */
export class LiveFiguresDto {
  @ApiProperty({ type: 'integer', format: 'int64', description: 'All requests.', example: 14 })
  requests!: number;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'Requests with a status below 400.', example: 12 })
  successfulRequests!: number;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Requests with a status of 400 or above, throttled ones included.',
    example: 2,
  })
  failedRequests!: number;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'Requests answered 429.', example: 1 })
  throttledRequests!: number;

  @ApiProperty({
    type: Number,
    description: 'Mean latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 84.2,
  })
  averageLatency!: number | null;

  @ApiProperty({
    type: Number,
    description: 'Highest latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 310.5,
  })
  peakLatency!: number | null;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Request and response bytes; all digits past 2^53 too.',
    example: 57344,
  })
  dataTransferred!: number | bigint;
}

/** One second of a minute. */
export class LiveSecondDto extends LiveFiguresDto {
  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Start of the second.',
    example: '2026-11-22T17:05:21.000Z',
  })
  timestamp!: string;
}

/** The data of one `minute` event of `GET /usage/live`. */
export class LiveMinuteDto {
  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Start of the minute.',
    example: '2026-11-22T17:05:00.000Z',
  })
  minute!: string;

  @ApiProperty({
    type: Boolean,
    description: 'Whether the minute has ended. Events that come late can still correct it while the next one runs.',
    example: false,
  })
  complete!: boolean;

  @ApiProperty({
    type: [LiveSecondDto],
    description:
      'Ascending. Every second that has begun in the first message about a minute and in the one that completes it; ' +
      'in the others those that are new or changed since the message before, which take the place of what was sent for them.',
  })
  seconds!: LiveSecondDto[];

  @ApiProperty({ type: LiveFiguresDto, description: 'The whole minute so far: the sum of all of its seconds.' })
  total!: LiveFiguresDto;
}
