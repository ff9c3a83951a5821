import { Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ClientGone } from '../admission/client-gone';
import { Audited } from '../audit/audited.decorator';
import { Secured } from '../auth/secured.decorator';
import { Body, Query } from '../http/declared-input';
import { AccountsService } from './accounts.service';
import { AccountsQueryDto } from './dto/accounts-query.dto';
import { AccountsResponseDto, OneAccountResponseDto } from './dto/accounts-response.dto';
import { UpdateAccountDto } from './dto/limits.dto';

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

  @Patch(':accountId')
  @Audited('account.limits_changed', ({ account }: OneAccountResponseDto, { limits }: UpdateAccountDto) => ({
    target: account.id,
    accountId: account.id,
    details: { limits },
  }))
  @Secured('admin', 'ACCOUNT_NOT_FOUND', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'updateAccount',
    summary: "Set an account's limits",
    description:
      'Sets limits in place of those of the tier: a number, null for none, or "default" for that of the tier again. What is left out stays. They hold at once here, and within a second on other instances. Keys that are there stay, also where they are more than may be made. For admins.',
  })
  @ApiParam({ name: 'accountId', description: "The account's id.", example: 'acme' })
  @ApiBody({ type: UpdateAccountDto })
  @ApiOkResponse({ description: 'The account with its limits.', type: OneAccountResponseDto })
  update(@Param('accountId') accountId: string, @Body() request: UpdateAccountDto): Promise<OneAccountResponseDto> {
    return this.accounts.update(accountId, request);
  }
}
