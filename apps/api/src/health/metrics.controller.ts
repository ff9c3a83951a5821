import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { Slices } from '@meterhouse/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/secured.decorator';
import { ApiErrors } from '../http/api-errors.decorator';
import { Metrics } from '../monitoring/metrics';

const EXAMPLE = `# HELP meterhouse_http_requests_total HTTP requests answered.
# TYPE meterhouse_http_requests_total counter
meterhouse_http_requests_total{route="/usage",method="GET",status="2xx"} 42
`;

@ApiTags('Health')
@Controller('metrics')
@Public()
@SkipThrottle()
export class MetricsController {
  private reading: Promise<string> | undefined;

  constructor(private readonly metrics: Metrics) {}

  @Get()
  @ApiOperation({
    operationId: 'getMetrics',
    summary: 'What Prometheus scrapes',
    description:
      'Process figures, HTTP requests and their durations by route template, method and status class, and counters of ingest.',
    security: [],
  })
  @ApiResponse({
    status: 200,
    description: 'The figures in the Prometheus text format.',
    content: { 'text/plain': { schema: { type: 'string' }, example: EXAMPLE } },
  })
  @ApiErrors('INVALID_PARAMETERS', 'INTERNAL')
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.header('Content-Type', this.metrics.contentType);
    this.reading ??= this.readNext();
    return this.reading;
  }

  /** One reading for all who have asked by the next turn of the event loop: it takes milliseconds. */
  private async readNext(): Promise<string> {
    await new Slices(null).next();
    this.reading = undefined;
    return this.metrics.text();
  }
}
