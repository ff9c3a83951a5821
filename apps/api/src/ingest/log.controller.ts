import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../audit/audited.decorator';
import { Secured } from '../auth/secured.decorator';
import { RecoverResponseDto } from './dto/recover-response.dto';
import { IngestService } from './ingest.service';

@ApiTags('Admin')
@Controller('admin/log')
export class LogController {
  constructor(private readonly ingest: IngestService) {}

  @Post('recover')
  @Audited('log.recovered', ({ files, recovered, unreadable }: RecoverResponseDto) => ({
    target: null,
    accountId: null,
    details: { files, recovered, unreadable },
  }))
  @HttpCode(200)
  @Secured('admin')
  @ApiOperation({
    operationId: 'recoverLog',
    summary: 'Take back events of damaged parts of the log',
    description:
      'At start, parts of the write-ahead log that a disk has changed are set aside in `DATA_DIR/log/*.corrupt`, and ' +
      '`GET /health/ready` warns of them. This takes each line of them that still reads as an event back into the log. ' +
      'An event counts once by its id, also one whose sender gave none. A changed byte may have left an event readable, ' +
      'with another value.',
  })
  @ApiOkResponse({ type: RecoverResponseDto, description: 'What was taken back, and what could not be read.' })
  recover(): Promise<RecoverResponseDto> {
    return this.ingest.recoverLog();
  }
}
