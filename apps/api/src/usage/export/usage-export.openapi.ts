/** What an export looks like, for the OpenAPI document. */
import type { ApiResponseOptions } from '@nestjs/swagger';
import { FORMAT } from './format';

type Content = NonNullable<Extract<ApiResponseOptions, { content?: unknown }>['content']>;

const ROW = {
  timestamp: '2026-11-22T12:00:00.000Z',
  requests: 1204,
  successfulRequests: 1181,
  failedRequests: 23,
  throttledRequests: 4,
  averageLatency: 48.203125,
  peakLatency: 1204.5,
  p50: 31.2,
  p95: 141.8,
  p99: 402.7,
  dataTransferred: 48203112,
};

const CSV = `${Object.keys(ROW)
  .map((name) => `"${name}"`)
  .join(',')}\n${Object.values(ROW)
  .map((value) => JSON.stringify(value))
  .join(',')}\n`;

export const EXPORT_CONTENT: Content = {
  [FORMAT.csv.mediaType]: {
    schema: { type: 'string', description: 'RFC 4180 in UTF-8; the first line names the columns.' },
    example: CSV,
  },
  [FORMAT.ndjson.mediaType]: {
    schema: { type: 'string', description: 'One JSON object a line.' },
    example: `${JSON.stringify(ROW)}\n`,
  },
  [FORMAT.parquet.mediaType]: { schema: { type: 'string', format: 'binary', description: 'One Parquet file.' } },
  [FORMAT.arrow.mediaType]: {
    schema: { type: 'string', format: 'binary', description: 'The Arrow IPC streaming format.' },
  },
};

export const EXPORT_HEADERS = {
  'Content-Disposition': {
    description: 'Names a file after the table and the window.',
    schema: { type: 'string' },
    example: 'attachment; filename="meterhouse-usage-timeSeries-20261121T120000Z-20261122T120000Z.csv"',
  },
  'Content-Encoding': { description: '`gzip` or `zstd`, where asked for.', schema: { type: 'string' } },
};
