import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsOptional, IsString, ValidateBy } from 'class-validator';
import { IsWholeNumber } from '../../http/fields';

const MAX_ROWS = 100_000;
const MAX_PARAMETERS = 64;

/** What a placeholder may be bound to. */
export type SqlValue = string | number | boolean | null | (string | number)[];

/** The body of `POST /sql`. */
export class SqlQueryDto {
  @ApiProperty({
    description:
      'One SELECT over the views of `meterhouse_bi`, or SHOW, DESCRIBE, EXISTS or EXPLAIN of one, in ClickHouse SQL. ' +
      'Values from outside belong into `parameters`, as `{name:Type}` in the text.',
    example: 'SELECT bucket, sum(requests) AS requests FROM usage_hour GROUP BY bucket ORDER BY bucket',
  })
  @IsString({ message: 'query should be a text: one SELECT.' })
  @IsNotEmpty({ message: 'query should be one SELECT, and is empty.' })
  query!: string;

  @ApiPropertyOptional({
    description: `Values for \`{name:Type}\` in the statement, at most ${MAX_PARAMETERS}: texts, numbers, truth values, null, or lists of texts or numbers.`,
    type: 'object',
    additionalProperties: true,
    example: { endpoint: '/v1/orders/{id}' },
  })
  @IsOptional()
  @AreParameters()
  parameters?: Record<string, SqlValue>;

  @ApiPropertyOptional({
    description: 'The most rows of the answer; `truncated` says that there were more.',
    type: 'integer',
    format: 'int64',
    minimum: 1,
    maximum: MAX_ROWS,
    default: 10_000,
    example: 100,
  })
  @IsOptional()
  @IsWholeNumber(1, MAX_ROWS)
  maxRows?: number;
}

function AreParameters(): PropertyDecorator {
  return ValidateBy({
    name: 'areParameters',
    validator: {
      validate: areParameters,
      defaultMessage: () =>
        `parameters should be an object of at most ${MAX_PARAMETERS} names of letters, digits and _, ` +
        'each with a text, a number, true, false, null, or a list of texts or numbers.',
    },
  });
}

function areParameters(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= MAX_PARAMETERS &&
    entries.every(([name, item]) => /^[A-Za-z_]\w{0,63}$/.test(name) && isValue(item))
  );
}

function isValue(value: unknown): value is SqlValue {
  if (value === null || ['string', 'boolean'].includes(typeof value) || isNumber(value)) return true;
  return Array.isArray(value) && value.every((item) => typeof item === 'string' || isNumber(item));
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}
