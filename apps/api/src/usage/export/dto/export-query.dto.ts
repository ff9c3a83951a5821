import { ApiPropertyOptional } from '@nestjs/swagger';
import { GRANULARITIES, type Granularity } from '@meterhouse/common';
import { IsOptional } from 'class-validator';
import { IsOneOf } from '../../../http/fields';
import { WindowQueryDto } from '../../request/dto/window-query.dto';
import { EXPORT_FORMATS, type ExportFormat } from '../format';
import { EXPORT_TABLES, type ExportTable } from '../table';
import { GROUP_DIMENSIONS, type GroupDimension } from '../../request/filters';

/** The query of `GET /usage/export`. */
export class ExportQueryDto extends WindowQueryDto {
  /** What the answer is written in. */
  @ApiPropertyOptional({
    description:
      'What the answer is written in. Left out, the `Accept` header chooses; where that names none of the four, CSV. ' +
      'Parquet is compressed with zstd inside.',
    enum: EXPORT_FORMATS,
    default: 'csv',
    example: 'csv',
  })
  @IsOptional()
  @IsOneOf(EXPORT_FORMATS)
  format?: ExportFormat;

  /** Which part of the usage. */
  @ApiPropertyOptional({
    description:
      'Which part of `GET /usage`: its time series, a whole breakdown, or the errors by type. Columns have the names ' +
      'that the fields have there.',
    enum: EXPORT_TABLES,
    default: 'timeSeries',
    example: 'timeSeries',
  })
  @IsOptional()
  @IsOneOf(EXPORT_TABLES)
  table: ExportTable = 'timeSeries';

  /** The width of the buckets. */
  @ApiPropertyOptional({
    description: 'Width of the buckets. More than 1,000,000 buckets are refused with GRANULARITY_TOO_FINE.',
    enum: GRANULARITIES,
    default: 'hour',
    example: 'hour',
  })
  override granularity: Granularity = 'hour';

  /** One or two dimensions that the time series is split by. */
  @ApiPropertyOptional({
    description:
      'With `table=timeSeries`: one or two dimensions, separated by commas. There is then a row for each bucket and ' +
      'group that has requests, whatever the number of groups, with a column for each dimension. `account` needs an ' +
      'admin that reads all accounts.',
    type: [String],
    enum: GROUP_DIMENSIONS,
    example: ['endpoint'],
  })
  override groupBy: GroupDimension[] = [];
}
