import { Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Audited } from '../audit/audited.decorator';
import { Caller, Identity } from '../auth/identity';
import { Secret } from '../auth/presented-secret';
import { Secured } from '../auth/secured.decorator';
import { Body } from '../http/declared-input';
import { publicUrl } from '../http/public-url';
import { CreateTokenDto } from './dto/create-token.dto';
import { CreatedTokenDto } from './dto/created-token.dto';
import { TokensService } from './tokens.service';

/** The first is what a trial call sends. */
const CREATE_TOKEN_EXAMPLES = {
  'an hour of your own account': { value: {} },
  'a week of one key': { value: { keyIds: ['key_4fJ2mZ0aQ9xT7bKd'], expiresInSeconds: 604_800 } },
  "a customer's figures without its keys, by an admin": { value: { accountId: 'acme', permissions: ['usage:read'] } },
};

@ApiTags('Tokens')
@Controller('tokens')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  @Post()
  @Audited(
    'token.created',
    ({ tokenId, expiresAt }: CreatedTokenDto, { accountId, keyIds, permissions }: CreateTokenDto) => ({
      target: tokenId,
      accountId,
      details: { keyIds: keyIds ?? null, permissions: permissions ?? null, expiresAt },
    }),
  )
  @Secured('usage:read', 'ACCOUNT_NOT_FOUND', 'KEY_NOT_FOUND', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'createToken',
    summary: 'Create a share token',
    description:
      'Makes a token that reads an account, or some of its keys, for a while: for a link to the dashboard, or to embed it. ' +
      'It is sent as a key is, changes nothing and makes no tokens. It ends with its time, or before with the key that ' +
      'makes it: when that is revoked or expires, or when its present secret stops working after a rotation. Its calls ' +
      "count in that key's budget.",
  })
  @ApiBody({ type: CreateTokenDto, required: false, examples: CREATE_TOKEN_EXAMPLES })
  @ApiCreatedResponse({ description: 'The token.', type: CreatedTokenDto })
  create(
    @Caller() caller: Identity,
    @Secret() secret: string,
    @Body() body: CreateTokenDto,
    @Req() request: FastifyRequest,
  ): CreatedTokenDto {
    return this.tokens.create(caller, secret, body, (fragment) => publicUrl(request, `/app#${fragment}`));
  }
}
