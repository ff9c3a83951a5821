import { ApiProperty } from '@nestjs/swagger';
import { ApiCount, ApiInstant, ApiLatency } from '../../http/response-fields';

/** Figures over some requests, by the rules of `GET /usage`. */
export class LiveFiguresDto {
  @ApiCount('All requests.', 14)
  requests!: number;

  @ApiCount('Requests with a status below 400.', 12)
  successfulRequests!: number;

  @ApiCount('Requests with a status of 400 or above, throttled ones included.', 2)
  failedRequests!: number;

  @ApiCount('Requests answered 429.', 1)
  throttledRequests!: number;

  @ApiLatency('Mean latency in milliseconds.', 84.2)
  averageLatency!: number | null;

  @ApiLatency('Highest latency in milliseconds.', 310.5)
  peakLatency!: number | null;

  @ApiCount('Request and response bytes; all digits past 2^53 too.', 57344)
  dataTransferred!: number | bigint;
}

/** One second of a minute. */
export class LiveSecondDto extends LiveFiguresDto {
  @ApiInstant('Start of the second.', '2026-11-22T17:05:21.000Z')
  timestamp!: string;
}

/** The data of one `minute` event of `GET /usage/live`. */
export class LiveMinuteDto {
  @ApiInstant('Start of the minute.', '2026-11-22T17:05:00.000Z')
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
