import { ROLLUPS, type Rollup } from '@meterhouse/clickhouse/rollups';
import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant } from '../../http/response-fields';
import { FIGURES } from '../rollups.sql';
import { OptionalFlag, OptionalInstant } from '../fields';

/** The body of `POST /admin/reconcile`. */
export class ReconcileDto {
  @OptionalInstant(
    'Start of the range: a date (midnight UTC) or an ISO 8601 time, rounded down to a whole UTC day. Default: the first day of which all raw events are kept.',
    '2026-02-01',
  )
  from?: string;

  @OptionalInstant(
    'End of the range, not included: a date (midnight UTC) or an ISO 8601 time, rounded up to a whole UTC day. Default: the end of the running day.',
    '2026-03-01',
  )
  to?: string;

  @OptionalFlag('Make drifted partitions again from the raw events.')
  repair?: boolean;

  @OptionalFlag(
    'With `repair`: also where a rollup has requests that the raw events lack. They may be lost from a disk, and the rollup be right.',
  )
  acceptLoss?: boolean;
}

const IN_TRAFFIC = 'null in a traffic rollup, whose rows are of a key alone';

/** A rollup row that is not what the raw events give. */
export class DriftedRowDto {
  @ApiInstant('Start of its bucket.', '2026-02-14T09:00:00.000Z')
  bucket!: string;

  @ApiProperty({ description: 'Its account.', example: 'acme' })
  accountId!: string;

  @ApiProperty({ description: 'Its key.', example: 'key_4fJ2mZ0aQ9xT7bKd' })
  keyId!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: `Its endpoint; ${IN_TRAFFIC}.`,
    example: '/v1/orders/{id}',
  })
  endpoint!: string | null;

  @ApiProperty({ type: String, nullable: true, description: `Its HTTP method; ${IN_TRAFFIC}.`, example: 'GET' })
  method!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: `Its HTTP status; ${IN_TRAFFIC}.`, example: 200 })
  statusCode!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: `Its error type, empty for a request that did not fail; ${IN_TRAFFIC}.`,
    example: '',
  })
  errorType!: string | null;

  @ApiProperty({ type: 'integer', description: 'Requests that the raw events give.', minimum: 0, example: 12 })
  expected!: number;

  @ApiProperty({ type: 'integer', description: 'Requests that the rollup holds.', minimum: 0, example: 11 })
  found!: number;

  @ApiProperty({
    description: 'Which of its figures differ.',
    isArray: true,
    enum: FIGURES,
    example: ['requests', 'latencySum', 'bytes', 'percentiles'],
  })
  differs!: string[];
}

/** How one rollup compares with the raw events. */
export class RollupDriftDto {
  @ApiProperty({ description: 'The rollup, by its table.', enum: ROLLUPS, enumName: 'Rollup', example: 'usage_hour' })
  rollup!: Rollup;

  @ApiProperty({
    type: 'integer',
    description: 'Buckets with requests, by the rollup or by the raw events, that were compared.',
    minimum: 0,
    example: 672,
  })
  bucketsCompared!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Buckets in which at least one row differed, as found; also those that were then repaired.',
    minimum: 0,
    example: 1,
  })
  bucketsDrifted!: number;

  @ApiProperty({ type: 'integer', description: 'Drifted buckets that are right now.', minimum: 0, example: 1 })
  bucketsRepaired!: number;

  @ApiProperty({
    type: 'integer',
    description:
      'Drifted buckets that `repair` left as they are: of days on which the rollup has requests that the raw events lack. See `acceptLoss`.',
    minimum: 0,
    example: 0,
  })
  bucketsWithheld!: number;

  @ApiProperty({ type: 'integer', description: 'Requests that the rollup lacked.', minimum: 0, example: 1 })
  requestsMissing!: number;

  @ApiProperty({ type: 'integer', description: 'Requests that the rollup had too many.', minimum: 0, example: 0 })
  requestsExtra!: number;

  @ApiProperty({ type: [DriftedRowDto], description: 'Drifted rows as they were found, at most 20.' })
  examples!: DriftedRowDto[];
}

/** A partition that was made again. */
export class RepairedPartitionDto {
  @ApiProperty({ description: 'The rollup, by its table.', enum: ROLLUPS, enumName: 'Rollup', example: 'usage_hour' })
  rollup!: Rollup;

  @ApiProperty({
    description: 'A month, or of usage_day a year.',
    example: '202602',
  })
  partition!: string;
}

/** The answer of `POST /admin/reconcile`. */
export class ReconcileResponseDto {
  @ApiProperty({ type: Boolean, enum: [true], description: 'Always true, also when drift was found.', example: true })
  success!: true;

  @ApiInstant(
    'Start of the range in whole UTC days; a rollup that is kept for less is compared from its own first day on.',
    '2026-02-01T00:00:00.000Z',
  )
  from!: string;

  @ApiInstant('End of the range, not included.', '2026-03-01T00:00:00.000Z')
  to!: string;

  @ApiInstant(
    'The first day that can be reconciled: of earlier ones raw events are no longer kept.',
    '2025-12-02T00:00:00.000Z',
  )
  earliest!: string;

  @ApiProperty({ type: [RollupDriftDto], description: 'Each rollup, finest first.' })
  rollups!: RollupDriftDto[];

  @ApiProperty({ type: [RepairedPartitionDto], description: 'The partitions that were made again.' })
  repaired!: RepairedPartitionDto[];

  @ApiInstant('When it was answered, ISO 8601 UTC.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
