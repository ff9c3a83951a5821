import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Identity } from '../auth/identity';
import { AnyCaller } from '../auth/secured.decorator';
import { MeResponseDto } from './dto/me-response.dto';
import { MeService } from './me.service';

@ApiTags('Me')
@Controller('me')
export class MeController {
  constructor(private readonly me: MeService) {}

  @Get()
  @AnyCaller()
  @ApiOperation({
    operationId: 'getMe',
    summary: 'Say who calls',
    description:
      'What the key or share token that is sent is and may do, and what this service can do. For any key and token, whatever its permissions.',
  })
  @ApiOkResponse({ description: 'The caller.', type: MeResponseDto })
  get(@Caller() caller: Identity): MeResponseDto {
    return this.me.describe(caller);
  }
}
