import { ApiProperty } from '@nestjs/swagger';
import { Length } from 'class-validator';
import { ApiCount, ApiInstant, ApiSuccess } from '../../http/response-fields';

/** The body of `POST /admin/backups`. */
export class StartBackupDto {
  @ApiProperty({
    description:
      "A directory for backups on the service's machine: an absolute path apart from DATA_DIR, of a directory that is new, empty or holds backups alone.",
    maxLength: 1_024,
    example: '/var/backups/meterhouse',
  })
  @Length(1, 1_024, { message: 'directory should be a path such as /var/backups/meterhouse.' })
  directory!: string;
}

export const BACKUP_STATES = ['running', 'done', 'failed'] as const;

/** A backup that is being made, or was. */
export class BackupDto {
  @ApiProperty({ description: 'How it stands.', enum: BACKUP_STATES, enumName: 'BackupState', example: 'done' })
  state!: (typeof BACKUP_STATES)[number];

  @ApiProperty({ description: 'The directory that was asked for.', example: '/var/backups/meterhouse' })
  directory!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Its folder in the directory, for `meterhouse restore`; null until it is whole.',
    example: '/var/backups/meterhouse/2026-03-02T10-15-30Z',
  })
  path!: string | null;

  @ApiInstant('When it was asked for.', '2026-03-02T10:15:30.000Z')
  startedAt!: string;

  @ApiInstant(
    'Everything that was accepted before this is in it; null until deliveries have paused.',
    '2026-03-02T10:15:30.000Z',
    { nullable: true },
  )
  createdAt!: string | null;

  @ApiCount('Milliseconds for which accepted events waited in the log for it; null until it is over.', 80, {
    nullable: true,
  })
  pauseMs!: number | null;

  @ApiCount('Bytes that are written or linked.', 12_345_678)
  bytes!: number;

  @ApiCount('Bytes that it will have; 0 until they are known.', 12_345_678)
  bytesTotal!: number;

  @ApiCount('Of these, bytes that the backup before it in the directory does not have.', 1_234_567)
  bytesNew!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed; null where it did not.', example: null })
  error!: string | null;
}

/** The answer of `POST /admin/backups`. */
export class StartBackupResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'The backup that has begun.', type: BackupDto })
  backup!: BackupDto;

  @ApiInstant('When it was answered, ISO 8601 UTC.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}

/** The answer of `GET /admin/backups`. */
export class LatestBackupResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({
    description: 'The backup that runs, or the last one since the service started; null when there was none.',
    type: BackupDto,
    nullable: true,
  })
  backup!: BackupDto | null;

  @ApiInstant('When it was answered, ISO 8601 UTC.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
