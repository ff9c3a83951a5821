import { ApiProperty } from '@nestjs/swagger';

/** The answer of a probe that found all well. */
export class HealthDto {
  @ApiProperty({ description: 'Always true; a probe that fails gets the error shape.', example: true })
  success!: true;

  @ApiProperty({ description: 'What was found.', enum: ['live', 'ready'], example: 'ready' })
  status!: 'live' | 'ready';

  @ApiProperty({
    description: 'When it was answered, ISO 8601 UTC.',
    format: 'date-time',
    example: '2026-03-02T10:15:30.000Z',
  })
  timestamp!: string;
}

/** The answer of `GET /health/ready`. */
export class ReadyDto extends HealthDto {
  @ApiProperty({
    description: 'What somebody should look at, though the service does its work; left out when there is nothing.',
    type: [String],
    required: false,
    example: ['1 damaged part(s) of the log are set aside.'],
  })
  warnings?: string[];
}
