import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, ApiSuccess } from '../../http/response-fields';

/** An event that was not taken. */
export class RejectedEventDto {
  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Its position among the sent events, from 0; blank NDJSON lines do not count.',
    minimum: 0,
    example: 3,
  })
  index!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Its own `id`; null when it gave none that could be read.',
    example: '01968f3e-7c1a-7b30-9d42-6a1f0e5c2b88',
  })
  id!: string | null;

  @ApiProperty({
    description: "The kind of error. Another account's key is not found, exactly as an unknown one.",
    enum: ['INVALID_PARAMETERS', 'KEY_NOT_FOUND'],
    example: 'INVALID_PARAMETERS',
  })
  error!: 'INVALID_PARAMETERS' | 'KEY_NOT_FOUND';

  @ApiProperty({
    description: 'What was wrong with it, and what would be right.',
    example: 'statusCode should be a whole number from 100 to 599, but is "200".',
  })
  message!: string;
}

/** The answer of `POST /events`. */
export class SendEventsResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'Events stored by this call.', minimum: 0, example: 2 })
  accepted!: number;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Events whose `id` had been stored before, or came twice in this call; they are not counted again.',
    minimum: 0,
    example: 1,
  })
  duplicates!: number;

  @ApiProperty({ type: [RejectedEventDto], description: 'Events that were not taken, in the order they were sent.' })
  rejected!: RejectedEventDto[];

  @ApiInstant('When it was answered, ISO 8601 UTC.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
