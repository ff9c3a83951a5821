import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../audit/audited.decorator';
import { Body } from '../http/declared-input';
import { Caller, Identity } from '../auth/identity';
import { Secured } from '../auth/secured.decorator';
import { DeleteEventsDto, DeleteEventsResponseDto } from './dto/delete-events.dto';
import { ReconcileDto, ReconcileResponseDto } from './dto/reconcile.dto';
import { MaintenanceService } from './maintenance.service';

@ApiTags('Admin')
@Controller('admin')
export class MaintenanceController {
  constructor(private readonly maintenance: MaintenanceService) {}

  @Post('reconcile')
  @Audited(
    'rollups.repaired',
    ({ from, to, repaired }: ReconcileResponseDto, { acceptLoss = false }: ReconcileDto) => ({
      target: null,
      accountId: null,
      details: { from, to, acceptLoss, repaired },
    }),
    ({ repair }) => repair === true,
  )
  @HttpCode(200)
  @Secured('admin', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'reconcile',
    summary: 'Compare the rollups with the raw events',
    description:
      'Compares every row of the rollups in a range of whole UTC days with what the raw events give, percentile states by the latencies in them, and with `repair` makes drifted partitions again while everything is served: a reader sees the figures from before or from after. Events that come in meanwhile wait in the log for the time that one partition takes. What is older than the raw retention, or than the first raw event there is, is never changed, and days on which a rollup has requests that the raw events lack only with `acceptLoss`. A long range takes a while; ask for it in parts.',
  })
  @ApiBody({ type: ReconcileDto, required: false })
  @ApiOkResponse({ description: 'What was found, and what was done about it.', type: ReconcileResponseDto })
  reconcile(@Body() request: ReconcileDto): Promise<ReconcileResponseDto> {
    return this.maintenance.reconcile(request);
  }

  @Post('events/delete')
  @Audited('events.deleted', ({ accountId, keyId, from, to, eventsDeleted }: DeleteEventsResponseDto) => ({
    target: keyId ?? accountId,
    accountId,
    details: { keyId, from, to, eventsDeleted },
  }))
  @HttpCode(200)
  @Secured('admin', 'KEY_NOT_FOUND', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'deleteEvents',
    summary: 'Delete the events of an account or a key',
    description:
      'Removes raw events from the disk and corrects the rollups, all or those of a span of time. Without a span also what is older than the raw retention goes. Events that were accepted but are not yet in `GET /usage` may come in after; send the last ones with `wait=true` first. Dead letters and damaged parts of the log are on the instance that set them aside: where there are several, call each. The ids of deleted events stay known: one that is sent again within the de-duplication window is a duplicate and stays deleted. After an error call it again: it finishes what was begun.',
  })
  @ApiOkResponse({ description: 'What was deleted; nothing is also fine.', type: DeleteEventsResponseDto })
  deleteEvents(@Caller() caller: Identity, @Body() request: DeleteEventsDto): Promise<DeleteEventsResponseDto> {
    return this.maintenance.deleteEvents(caller.key.id, request);
  }
}
