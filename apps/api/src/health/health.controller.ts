/** Probes for orchestrators and monitoring; no key needed and no limit. */
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { Clock, iso } from '@meterhouse/common';
import { Public } from '../auth/secured.decorator';
import { ApiErrors } from '../http/api-errors.decorator';
import { HealthDto, ReadyDto } from './health.dto';
import { HealthService } from './health.service';

@ApiTags('Health')
@Controller('health')
@Public()
@SkipThrottle()
export class HealthController {
  constructor(
    private readonly health: HealthService,
    private readonly clock: Clock,
  ) {}

  @Get('live')
  @ApiOperation({
    operationId: 'getLive',
    summary: 'Is the process alive?',
    description: 'Answers as long as the process can answer at all; a probe that fails is a reason to restart it.',
    security: [],
  })
  @ApiOkResponse({ description: 'It is.', type: HealthDto })
  @ApiErrors('INVALID_PARAMETERS', 'INTERNAL')
  live(): HealthDto {
    return { success: true, status: 'live', timestamp: iso(this.clock.now()) };
  }

  @Get('ready')
  @ApiOperation({
    operationId: 'getReady',
    summary: 'Can it take requests?',
    description:
      'Answers 200 when ClickHouse answers within two seconds and events can be taken; 503 is a reason to send requests elsewhere.',
    security: [],
  })
  @ApiOkResponse({ description: 'It can.', type: ReadyDto })
  @ApiErrors('INVALID_PARAMETERS', 'INTERNAL', 'OVERLOADED')
  async ready(): Promise<ReadyDto> {
    const warnings = await this.health.checkReady();
    const timestamp = iso(this.clock.now());
    return { success: true, status: 'ready', ...(warnings.length > 0 ? { warnings } : {}), timestamp };
  }
}
