import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Audited } from '../audit/audited.decorator';
import { Body } from '../http/declared-input';
import { Caller, Identity } from '../auth/identity';
import { Secured } from '../auth/secured.decorator';
import { BackupsService } from './backups.service';
import { LatestBackupResponseDto, StartBackupDto, StartBackupResponseDto } from './dto/backup.dto';

@ApiTags('Admin')
@Controller('admin/backups')
export class BackupsController {
  constructor(private readonly backups: BackupsService) {}

  @Post()
  @Audited('backup.started', ({ backup }: StartBackupResponseDto) => ({
    target: null,
    accountId: null,
    details: { directory: backup.directory },
  }))
  @HttpCode(202)
  @Secured('admin', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'startBackup',
    summary: 'Back up the data folder',
    description:
      'Begins a backup of everything in DATA_DIR as of one moment: events, rollups, keys, what waits in the log. For the moment deliveries pause, while events are still accepted; the copy is made while everything is served. What the backup before it in the directory has is hard-linked and takes no room. `GET /admin/backups` tells how it goes on. `meterhouse restore` makes a data folder of it. With a ClickHouse server, back that up by its own means.',
  })
  @ApiResponse({ status: 202, type: StartBackupResponseDto, description: 'It has begun.' })
  start(@Caller() caller: Identity, @Body() { directory }: StartBackupDto): Promise<StartBackupResponseDto> {
    return this.backups.start(caller.key.id, directory);
  }

  @Get()
  @Secured('admin')
  @ApiOperation({
    operationId: 'latestBackup',
    summary: 'How the latest backup stands',
    description: 'The backup that runs, or the last one since the service started.',
  })
  @ApiOkResponse({ type: LatestBackupResponseDto, description: 'The backup, if there was one.' })
  latest(): LatestBackupResponseDto {
    return this.backups.latest();
  }
}
