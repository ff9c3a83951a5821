import { type Readable, type Transform, pipeline } from 'node:stream';
import { Controller, Get, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Query } from '../../http/declared-input';
import { Caller, Identity } from '../../auth/identity';
import { ReadAccess } from '../../auth/read-access';
import { Secured } from '../../auth/secured.decorator';
import { varyBy } from '../../http/vary';
import { ClientGone } from '../../admission/client-gone';
import { ExportQueryDto } from './dto/export-query.dto';
import { compressor, encodingOf } from './encoding';
import { FORMAT, formatOf } from './format';
import { PacedStream } from './paced-stream';
import { EXPORT_CONTENT, EXPORT_HEADERS } from './usage-export.openapi';
import { UsageExportService } from './usage-export.service';
import { WINDOW_ERRORS } from '../request/window-errors';

@ApiTags('Usage')
@Controller('usage/export')
export class UsageExportController {
  constructor(
    private readonly exports: UsageExportService,
    private readonly access: ReadAccess,
  ) {}

  @Get()
  @Secured('usage:read', ...WINDOW_ERRORS)
  @ApiOperation({
    operationId: 'exportUsage',
    summary: 'Usage as a file: CSV, NDJSON, Parquet or Arrow',
    description:
      'The same windows, filters and figures as `GET /usage`, as rows: streamed while they are made, so that any ' +
      'length will do. Instants are ISO 8601 in text and timestamps in UTC otherwise, counts 64-bit integers, ' +
      'latencies milliseconds as doubles; no value is an empty field in CSV and null elsewhere. Text that a spreadsheet ' +
      'would compute (it begins with =, +, -, @, a tab or a line break) follows an apostrophe in CSV. With ' +
      '`includeLatency=false` the columns of latency are left out. The answer is compressed with gzip or zstd where ' +
      '`Accept-Encoding` asks for it; Parquet is compressed inside. An error before the first ' +
      'byte is answered as JSON; after it the connection breaks off, so that half an answer ' +
      'never looks like a whole one. An account may have one export at a time, others wait; it ends with its key or ' +
      'token, and when its client goes away or reads less than 64 KiB a second for half a minute.',
  })
  @ApiHeader({
    name: 'Accept',
    required: false,
    description: 'The format, where `format` is left out.',
    schema: { type: 'string', default: 'text/csv' },
  })
  @ApiResponse({
    status: 200,
    description: 'The rows, in the order of time or of `GET /usage`.',
    content: EXPORT_CONTENT,
    headers: EXPORT_HEADERS,
  })
  async exportUsage(
    @Caller() caller: Identity,
    @Query() query: ExportQueryDto,
    @ClientGone() gone: AbortSignal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    varyBy(reply, 'Accept', 'Accept-Encoding');
    const format = formatOf(query.format, request.headers.accept);
    const scope = caller.scope(query.accountId);
    const asked = { ...query, keyId: caller.keysFor(query.keyId) };
    const signal = AbortSignal.any([gone, this.access.untilRefused(request, reply, scope)]);
    const { bytes, fileName } = await this.exports.open(scope, asked, format, signal);
    const { contentType, extension } = FORMAT[format];
    const encoding = format === 'parquet' ? null : encodingOf(request.headers['accept-encoding']);
    if (encoding !== null) reply.header('Content-Encoding', encoding);
    return new StreamableFile(joined(bytes, new PacedStream(), ...(encoding === null ? [] : [compressor(encoding)])), {
      type: contentType,
      disposition: `attachment; filename="${fileName}.${extension}"`,
    });
  }
}

/** The last of the streams, each of which passes its bytes on to the next; an error of one is one of all. */
function joined(first: Readable, ...next: Transform[]): Readable {
  const streams = [first, ...next];
  pipeline(streams, () => undefined);
  return streams.at(-1) ?? first;
}
