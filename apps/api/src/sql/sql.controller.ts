import { Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ClientGone } from '../admission/client-gone';
import { Caller, Identity } from '../auth/identity';
import { Secured } from '../auth/secured.decorator';
import { Body } from '../http/declared-input';
import { SqlAnswerDto } from './dto/sql-answer.dto';
import { SqlQueryDto } from './dto/sql-query.dto';
import { SqlService } from './sql.service';

/** The first is what a trial call sends. */
const EXAMPLES = {
  'requests by hour': {
    value: {
      query:
        'SELECT bucket, sum(requests) AS requests, sum(failed) AS failed FROM usage_hour ' +
        'GROUP BY bucket ORDER BY bucket DESC LIMIT 24',
    },
  },
  'slowest endpoints of a range': {
    value: {
      query:
        "SELECT endpoint, requests, p50, p95, p99 FROM latency(account = '', from = {from:String}, to = {to:String}) " +
        'ORDER BY p95 DESC LIMIT 10',
      parameters: { from: '2026-01-01', to: '2027-01-01' },
    },
  },
  'errors of one endpoint': {
    value: {
      query:
        'SELECT error_type, status_code, sum(requests) AS requests FROM usage_day_endpoint ' +
        'WHERE endpoint = {endpoint:String} AND status_code >= 400 GROUP BY ALL ORDER BY requests DESC',
      parameters: { endpoint: '/v1/orders/{id}' },
    },
  },
  'the views': { value: { query: 'SHOW TABLES' } },
};

@ApiTags('SQL')
@Controller('sql')
export class SqlController {
  constructor(private readonly sql: SqlService) {}

  @Post()
  @HttpCode(200)
  @Secured('sql:read', 'QUERY_REFUSED', 'QUERY_FAILED', 'PAYLOAD_TOO_LARGE')
  @Header('Content-Type', 'application/json; charset=utf-8')
  @ApiOperation({
    operationId: 'querySql',
    summary: 'Run a SELECT over the views of an account',
    description:
      'Runs one statement of ClickHouse SQL over the views of `meterhouse_bi`: usage_minute, usage_hour, ' +
      'usage_hour_endpoint, usage_day_endpoint, latency_hour, latency_day, events, keys, and the parameterised latency ' +
      "and latency_series. A key reads its own account's rows, whatever the statement; an admin key reads all accounts'.",
  })
  @ApiBody({ type: SqlQueryDto, examples: EXAMPLES })
  @ApiOkResponse({ type: SqlAnswerDto, description: 'The rows.' })
  query(@Caller() caller: Identity, @Body() body: SqlQueryDto, @ClientGone() gone: AbortSignal): Promise<string> {
    return this.sql.query(caller, body, gone);
  }
}
