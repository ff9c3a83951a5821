import { ApiProperty } from '@nestjs/swagger';
import { ApiCount, ApiInstant, ApiNumber, ApiSuccess } from '../../http/response-fields';

export class SqlColumnDto {
  @ApiProperty({ description: 'Its name.', example: 'requests' })
  name!: string;

  @ApiProperty({ description: "ClickHouse's type.", example: 'UInt64' })
  type!: string;
}

export class SqlStatisticsDto {
  @ApiCount('Rows that the engine read.', 720)
  rowsRead!: number;

  @ApiCount('Bytes that the engine read.', 17_280)
  bytesRead!: number;

  @ApiNumber('Milliseconds that the statement took in the engine.', 3.42)
  elapsedMs!: number;
}

/** The answer to `POST /sql`. */
export class SqlAnswerDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'The columns, in the order of each row.', type: [SqlColumnDto] })
  columns!: SqlColumnDto[];

  @ApiProperty({
    description: 'The rows. Integers of 64 bits and more, and decimals, are texts; what is no number is null.',
    type: 'array',
    items: { type: 'array', items: {} },
    example: [['2026-03-02 10:00:00', '1432']],
  })
  rows!: unknown[][];

  @ApiProperty({ description: 'Whether there were more rows than `maxRows`.', example: false })
  truncated!: boolean;

  @ApiProperty({ description: 'What the statement took.', type: SqlStatisticsDto })
  statistics!: SqlStatisticsDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
