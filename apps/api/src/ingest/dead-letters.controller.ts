import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../audit/audited.decorator';
import { Secured } from '../auth/secured.decorator';
import { ReplayResponseDto } from './dto/replay-response.dto';
import { IngestService } from './ingest.service';

@ApiTags('Admin')
@Controller('admin/dead-letters')
export class DeadLettersController {
  constructor(private readonly ingest: IngestService) {}

  @Post('replay')
  @Audited('dead_letters.replayed', ({ replayed }: ReplayResponseDto) => ({
    target: null,
    accountId: null,
    details: { replayed },
  }))
  @HttpCode(200)
  @Secured('admin')
  @ApiOperation({
    operationId: 'replayDeadLetters',
    summary: 'Take back events that ClickHouse refused',
    description:
      'Events that ClickHouse refuses for good are parked in `DATA_DIR/dead-letter`, with the reason. Once the cause is ' +
      'mended, this takes them back into the log; those that are refused again are parked again.',
  })
  @ApiOkResponse({ type: ReplayResponseDto, description: 'How many events were taken back.' })
  replay(): Promise<ReplayResponseDto> {
    return this.ingest.replayDeadLetters();
  }
}
