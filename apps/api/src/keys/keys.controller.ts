import { Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Audited } from '../audit/audited.decorator';
import { Body, Query } from '../http/declared-input';
import { Caller, Identity } from '../auth/identity';
import { Secured } from '../auth/secured.decorator';
import { aboutKey, changedKey, createdKey } from './audit-subjects';
import { CreateKeyDto } from './dto/create-key.dto';
import { KeysResponse, NewSecretResponse, OneKeyResponse } from './dto/key-response.dto';
import { KeyQuery, KeysQuery } from './dto/keys-query.dto';
import { RotateKeyDto } from './dto/rotate-key.dto';
import { UpdateKeyDto } from './dto/update-key.dto';
import { KeysService } from './keys.service';

const KEY_ID = {
  name: 'keyId',
  description: "The key's id.",
  schema: { type: 'string', example: 'key_4fJ2mZ0aQ9xT7bKd' },
};

/** The first is what a trial call sends. */
const CREATE_KEY_EXAMPLES = {
  'in your own account': { value: { name: 'Production', description: 'The checkout service' } },
  'with limits of its own, by an admin': {
    value: { name: 'Gateway', accountId: 'acme', tier: 'enterprise', rateLimit: { requestsPerMinute: 5000 } },
  },
};

const UPDATE_KEY_EXAMPLES = {
  'another name': { value: { name: 'Production, new checkout' } },
  'a higher tier, and no expiry any more': { value: { tier: 'professional', expiresAt: null } },
};

@ApiTags('Keys')
@Controller('keys')
export class KeysController {
  constructor(private readonly keys: KeysService) {}

  @Post()
  @Audited('key.created', ({ key }: NewSecretResponse) => createdKey(key))
  @Secured('keys:write', 'LIMIT_REACHED', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'createKey',
    summary: 'Create an API key',
    description:
      "Makes a key in the caller's account, or as an admin in any. The answer shows the secret this once. A member can grant only permissions its own key has, and no tier or limits above the highest among its account's active keys. Only an enterprise key can make another, and an account has at most the active keys of its tier.",
  })
  @ApiBody({ type: CreateKeyDto, examples: CREATE_KEY_EXAMPLES })
  @ApiCreatedResponse({ description: 'The key and its secret.', type: NewSecretResponse })
  create(@Caller() caller: Identity, @Body() request: CreateKeyDto): Promise<NewSecretResponse> {
    return this.keys.create(caller, request);
  }

  @Get()
  @Secured('keys:read')
  @ApiOperation({
    operationId: 'listKeys',
    summary: 'List API keys',
    description: "The keys of the caller's account, or as an admin of all accounts or one.",
  })
  @ApiOkResponse({ description: 'One page of keys, and counts over all of them.', type: KeysResponse })
  list(@Caller() caller: Identity, @Query() query: KeysQuery): Promise<KeysResponse> {
    return this.keys.list(caller, query);
  }

  @Get(':keyId')
  @Secured('keys:read', 'KEY_NOT_FOUND')
  @ApiOperation({
    operationId: 'getKey',
    summary: 'Get an API key',
    description: "One key. Another account's key answers 404, exactly as an unknown one does.",
  })
  @ApiParam(KEY_ID)
  @ApiOkResponse({ description: 'The key.', type: OneKeyResponse })
  get(@Caller() caller: Identity, @Param('keyId') keyId: string, @Query() query: KeyQuery): Promise<OneKeyResponse> {
    return this.keys.get(caller, keyId, query);
  }

  @Patch(':keyId')
  @Audited('key.changed', ({ key }: OneKeyResponse, changes: UpdateKeyDto) => changedKey(key, changes))
  @Secured('keys:write', 'KEY_NOT_FOUND', 'LIMIT_REACHED', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'updateKey',
    summary: 'Change an API key',
    description:
      'Changes the fields that the body names and leaves the others; null takes a description, an expiry, own limits or metadata away. The rules of creating a key hold. A key with permissions that the calling key lacks cannot be changed by it, and the last active admin key stays one for good. An expired key works again with a later expiry, a revoked one stays revoked. An external key takes no permissions.',
  })
  @ApiParam(KEY_ID)
  @ApiBody({ type: UpdateKeyDto, examples: UPDATE_KEY_EXAMPLES })
  @ApiOkResponse({ description: 'The key as it is now.', type: OneKeyResponse })
  update(
    @Caller() caller: Identity,
    @Param('keyId') keyId: string,
    @Body() request: UpdateKeyDto,
  ): Promise<OneKeyResponse> {
    return this.keys.update(caller, keyId, request);
  }

  @Post(':keyId/rotate')
  @Audited('key.rotated', ({ key }: NewSecretResponse, { gracePeriodSeconds }: RotateKeyDto) =>
    aboutKey(key, { name: key.name, gracePeriodSeconds: gracePeriodSeconds ?? 0 }),
  )
  @Secured('keys:write', 'KEY_NOT_FOUND', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'rotateKey',
    summary: 'Rotate an API key',
    description:
      'Gives the key a new secret under the same id and shows it this once. The old secret works until the grace period ends; one from before an earlier rotation ends now. A key with permissions that the calling key lacks cannot be rotated by it, nor an enterprise key by one that is none, nor can a key that is revoked, expired or external.',
  })
  @ApiParam(KEY_ID)
  @ApiBody({ type: RotateKeyDto, required: false })
  @ApiCreatedResponse({ description: 'The key and its new secret.', type: NewSecretResponse })
  rotate(
    @Caller() caller: Identity,
    @Param('keyId') keyId: string,
    @Body() request: RotateKeyDto,
  ): Promise<NewSecretResponse> {
    return this.keys.rotate(caller, keyId, request);
  }

  @Delete(':keyId')
  @Audited('key.revoked', ({ key }: OneKeyResponse) => aboutKey(key, { name: key.name, revokedAt: key.revokedAt }))
  @Secured('keys:write', 'KEY_NOT_FOUND')
  @ApiOperation({
    operationId: 'revokeKey',
    summary: 'Revoke an API key',
    description:
      'Ends the key at once and for good; its usage stays readable. Revoking it again changes nothing. It holds also while the storage is away or the disk full; the answer then shows no usage. The last active admin key cannot be revoked, and an admin key only by an admin.',
  })
  @ApiParam(KEY_ID)
  @ApiOkResponse({ description: 'The key, revoked.', type: OneKeyResponse })
  revoke(@Caller() caller: Identity, @Param('keyId') keyId: string): Promise<OneKeyResponse> {
    return this.keys.revoke(caller, keyId);
  }
}
