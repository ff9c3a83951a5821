import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock, iso } from '@meterhouse/common';
import { ApiCount, ApiInstant, ApiSuccess } from '../../http/response-fields';
import { Secured } from '../../auth/secured.decorator';
import { EventWriter } from './event-writer';

/** The answer of `POST /admin/dead-letters/replay`. */
class ReplayResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiCount('Events that were taken back.', 3)
  replayed!: number;

  @ApiInstant('When this was answered.', '2026-11-22T17:05:21.417Z')
  timestamp!: string;
}

@ApiTags('Admin')
@Controller('admin/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly writer: EventWriter,
    private readonly clock: Clock,
  ) {}

  @Post('replay')
  @HttpCode(200)
  @Secured('admin', 'OVERLOADED')
  @ApiOperation({
    operationId: 'replayDeadLetters',
    summary: 'Take back events that ClickHouse refused',
    description:
      'Events that ClickHouse refuses for good are parked in `DATA_DIR/dead-letter`, with the reason. Once the cause is ' +
      'mended, this takes them back into the log; those that are refused again are parked again.',
  })
  @ApiOkResponse({ type: ReplayResponseDto, description: 'How many events were taken back.' })
  async replay(): Promise<ReplayResponseDto> {
    const replayed = await this.writer.replayDeadLetters();
    return { success: true, replayed, timestamp: iso(this.clock.now()) };
  }
}
