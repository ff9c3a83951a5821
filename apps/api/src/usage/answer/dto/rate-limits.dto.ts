import { ApiProperty } from '@nestjs/swagger';

/** One figure for each rate-limit window. */
export class RateLimitFiguresDto {
  @ApiProperty({
    type: Number,
    description: 'For the running minute. Null where there is no limit.',
    nullable: true,
    example: 60,
  })
  requestsPerMinute!: number | null;

  @ApiProperty({ type: Number, description: 'For the running hour. Null where there is no limit.', nullable: true })
  requestsPerHour!: number | null;

  @ApiProperty({
    type: Number,
    description: 'For the running UTC day. Null where there is no limit.',
    nullable: true,
    example: 10000,
  })
  requestsPerDay!: number | null;
}

/** Rate limits of the active keys asked for, and what they used. */
export class RateLimitsDto {
  @ApiProperty({ type: RateLimitFiguresDto, description: 'Sum of the limits; null where a key has none.' })
  current!: RateLimitFiguresDto;

  @ApiProperty({
    type: RateLimitFiguresDto,
    description: 'Events of the keys plus their own calls to this service, in the running minute, hour and day.',
  })
  usage!: RateLimitFiguresDto;

  @ApiProperty({ type: RateLimitFiguresDto, description: 'Usage in percent of the limit, 100 at most.' })
  utilization!: RateLimitFiguresDto;
}
