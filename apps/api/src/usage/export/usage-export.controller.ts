import { type Readable, pipeline } from 'node:stream';
import { Controller, Get, Header, Req, Res, StreamableFile } from '@nestjs/common';
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
import { EXPORT_CONTENT, EXPORT_HEADERS } from './usage-export.openapi';
import { UsageExportService } from './usage-export.service';
import { WINDOW_ERRORS } from '../request/window-errors';

/** A client that has taken nothing for this long gives its place to others. */
const STALLED_MS = 120_000;

@ApiTags('Usage')
@Controller('usage/export')
export class UsageExportController {
  constructor(
    private readonly exports: UsageExportService,
    private readonly access: ReadAccess,
  ) {}

  @Get()
  @Secured('usage:read', ...WINDOW_ERRORS)
  @Header('Cache-Control', 'no-store')
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
      'never looks like a whole one. A client that goes away stops the query, and one that takes nothing for two ' +
      'minutes is let go. An export ends with its key or token.',
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
    reply.raw.setTimeout(STALLED_MS, () => reply.raw.destroy());
    const { contentType, extension } = FORMAT[format];
    return new StreamableFile(encoded(bytes, format === 'parquet' ? null : request.headers['accept-encoding'], reply), {
      type: contentType,
      disposition: `attachment; filename="${fileName}.${extension}"`,
    });
  }
}

/** The bytes as the client asks for them. An error on either side of the compressor is one on the other. */
function encoded(bytes: Readable, acceptEncoding: string | string[] | null | undefined, reply: FastifyReply): Readable {
  const encoding = acceptEncoding === null ? null : encodingOf([acceptEncoding ?? 'identity'].flat().join(','));
  if (encoding === null) return bytes;
  reply.header('Content-Encoding', encoding);
  return pipeline(bytes, compressor(encoding), () => undefined);
}
