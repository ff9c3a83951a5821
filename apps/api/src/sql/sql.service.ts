/** `POST /sql`: a statement's whole answer as JSON. */
import { Injectable } from '@nestjs/common';
import { parameterText } from '@meterhouse/clickhouse';
import { Clock, iso } from '@meterhouse/common';
import type { Identity } from '../auth/identity';
import { ApiException } from '../http/api-exception';
import type { SqlQueryDto, SqlValue } from './dto/sql-query.dto';
import { answerText } from './answer-text';
import { SqlFailure } from './sql-failure';
import { type ReadyStatement, Statements } from './statements';
import { SqlRefusal } from './statement/refusal';

/** Of one answer, as the engine holds it. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** One JSON array a line: the names of the columns, their types, then the rows. */
const LINES = 'JSONCompactEachRowWithNamesAndTypes';

/** Numbers keep their digits; what is no number is null. */
const JSON_SETTINGS = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  output_format_json_quote_denormals: 0,
};

@Injectable()
export class SqlService {
  constructor(
    private readonly statements: Statements,
    private readonly clock: Clock,
  ) {}

  /**
   * The answer as JSON text: a large one is put together from the engine's own text, without being parsed here.
   * @throws ApiException QUERY_REFUSED, QUERY_FAILED, OVERLOADED
   */
  async query(caller: Identity, { query, parameters = {}, maxRows = 10_000 }: SqlQueryDto, signal: AbortSignal) {
    const request = {
      caller,
      text: query,
      parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, textOf(value)])),
      // One row more tells that there are more.
      settings: { ...JSON_SETTINGS, limit: maxRows + 1 },
      bounds: () => ({ resultRows: maxRows + 1, resultBytes: MAX_ANSWER_BYTES }),
      signal,
    };
    const read = async ({ handle, body, format, signal: ends }: ReadyStatement): Promise<string> => {
      if (format !== undefined) throw SqlRefusal.denied('Leave FORMAT out: the answer is JSON.');
      const answer = await handle.read(body, LINES, ends);
      return answerText(answer, maxRows, iso(this.clock.now()));
    };
    return this.statements.run(request, read).catch((error: unknown) => {
      throw apiError(error);
    });
  }
}

function apiError(error: unknown): unknown {
  if (error instanceof SqlRefusal) return new ApiException('QUERY_REFUSED', error.message);
  if (error instanceof SqlFailure) return new ApiException('QUERY_FAILED', failureText(error));
  return error;
}

function failureText({ engineCode, type, message }: SqlFailure): string {
  return `Code ${engineCode} (${type}): ${message}`;
}

/** As ClickHouse reads it; a truth value also where the placeholder is of a text. */
function textOf(value: SqlValue): string {
  return typeof value === 'boolean' ? String(value) : parameterText(value);
}
