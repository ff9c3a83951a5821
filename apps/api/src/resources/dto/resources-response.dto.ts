import { ApiProperty } from '@nestjs/swagger';
import { ApiCount, ApiInstant, ApiNumber, ApiSuccess } from '../../http/response-fields';
import { RESOURCES, type Resource } from '../samples.repository';

export class ResourceExhaustionDto {
  @ApiInstant('The UTC day on which it is expected to be full. Null: not within 90 days.', '2027-01-14T00:00:00.000Z', {
    nullable: true,
  })
  expected!: string | null;

  @ApiInstant(
    'The day by the upper bound of the 80 % interval: as early as in one of ten cases.',
    '2026-12-20T00:00:00.000Z',
    { nullable: true },
  )
  earliest!: string | null;

  @ApiInstant('The day by the lower bound of the 80 % interval.', null, { nullable: true })
  latest!: string | null;
}

export class ResourceDto {
  @ApiProperty({
    description:
      "disk: the disks of the engine's data, with whatever else is on them. memory: the engine's memory. log: the write-ahead log of an instance.",
    enum: RESOURCES,
    example: 'disk',
  })
  resource!: Resource;

  @ApiProperty({
    description: 'The instance whose it is; null for what all instances share.',
    type: String,
    nullable: true,
    example: null,
  })
  instance!: string | null;

  @ApiCount('Bytes in use now; of another instance, at its last sample.', 84_120_334_336)
  used!: number;

  @ApiCount('Bytes that may be in use.', 270_553_174_016)
  limit!: number;

  @ApiNumber('What is in use, in percent of the limit.', 31.09)
  utilization!: number;

  @ApiCount('Most bytes in use in a sample of the last 30 days.', 84_120_334_336)
  peak!: number;

  @ApiInstant('When that was.', '2026-11-28T09:40:00.000Z')
  peakAt!: string;

  @ApiCount(
    'Bytes that the peak of a day grows by each day; null where there are too few days of samples.',
    412_316_860,
    {
      nullable: true,
    },
  )
  growthPerDay!: number | null;

  @ApiProperty({
    description:
      'When it is full, if it goes on as in the last weeks. Null where even the upper bound is not full within 90 days, or there are too few days of samples.',
    type: ResourceExhaustionDto,
    nullable: true,
  })
  exhausts!: ResourceExhaustionDto | null;

  @ApiCount('Complete UTC days in a row that have samples, of the last 56.', 41)
  daysOfHistory!: number;

  @ApiProperty({
    description: 'Why nothing is said of growth; null where something is.',
    type: String,
    nullable: true,
    example: 'Growth is told from 14 complete days of samples in a row on; there are 3.',
  })
  notice!: string | null;
}

export class ResourcesResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'What is full first in front, then by use.', type: [ResourceDto] })
  resources!: ResourceDto[];

  @ApiInstant('When the answer was made.', '2026-11-28T09:41:07.000Z')
  timestamp!: string;
}
