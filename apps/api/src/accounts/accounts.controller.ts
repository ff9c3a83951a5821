import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ClientGone } from '../admission/client-gone';
import { Secured } from '../auth/secured.decorator';
import { Query } from '../http/declared-input';
import { AccountsService } from './accounts.service';
import { AccountsQueryDto } from './dto/accounts-query.dto';
import { AccountsResponseDto } from './dto/accounts-response.dto';

@ApiTags('Accounts')
@Controller('accounts')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Get()
  @Secured('admin')
  @ApiOperation({
    operationId: 'listAccounts',
    summary: 'List accounts',
    description:
      'Every account that has a key, with its keys and its usage of the last 30 days and of the 30 before. For admins.',
  })
  @ApiOkResponse({ description: 'One page of accounts.', type: AccountsResponseDto })
  list(@Query() query: AccountsQueryDto, @ClientGone() gone: AbortSignal): Promise<AccountsResponseDto> {
    return this.accounts.list(query, gone);
  }
}
