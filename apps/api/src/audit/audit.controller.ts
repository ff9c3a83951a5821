import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ClientGone } from '../admission/client-gone';
import { Secured } from '../auth/secured.decorator';
import { Query } from '../http/declared-input';
import { AuditService } from './audit.service';
import { AuditQueryDto } from './dto/audit-query.dto';
import { AuditResponseDto } from './dto/audit-response.dto';

@ApiTags('Admin')
@Controller('admin/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @Secured('admin')
  @ApiOperation({
    operationId: 'listAuditEntries',
    summary: 'Read the audit log',
    description:
      'Who changed what, when and from where, the newest first: keys and their secrets, share tokens, limits of accounts, deletions, repairs; and refused sign-ins, which are counted by address and minute and show when the minute has ended. Calls that were refused for what they ask are not in it. A call that failed with a 5xx is, with `details.error`: it may have been done, or in part. Entries are stored for 400 days and hold no secrets.',
  })
  @ApiOkResponse({ description: 'One page of entries.', type: AuditResponseDto })
  list(@Query() query: AuditQueryDto, @ClientGone() gone: AbortSignal): Promise<AuditResponseDto> {
    return this.audit.list(query, gone);
  }
}
