/** What an export can be written in, and how a client asks for it. */
import { preferred } from './negotiation';

export const EXPORT_FORMATS = ['csv', 'ndjson', 'parquet', 'arrow'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Media type and file name extension of each format. */
export const FORMAT: Record<ExportFormat, { mediaType: string; contentType: string; extension: string }> = {
  csv: { mediaType: 'text/csv', contentType: 'text/csv; charset=utf-8; header=present', extension: 'csv' },
  ndjson: {
    mediaType: 'application/x-ndjson',
    contentType: 'application/x-ndjson; charset=utf-8',
    extension: 'ndjson',
  },
  parquet: {
    mediaType: 'application/vnd.apache.parquet',
    contentType: 'application/vnd.apache.parquet',
    extension: 'parquet',
  },
  arrow: {
    mediaType: 'application/vnd.apache.arrow.stream',
    contentType: 'application/vnd.apache.arrow.stream',
    extension: 'arrows',
  },
};

/** The format that was named, else the one that the `Accept` header likes best, else CSV. */
export function formatOf(named: ExportFormat | undefined, accept: string | undefined): ExportFormat {
  if (named !== undefined) return named;
  const mediaTypes = EXPORT_FORMATS.map((format) => FORMAT[format].mediaType);
  const best = preferred(accept ?? '*/*', mediaTypes);
  return EXPORT_FORMATS.find((format) => FORMAT[format].mediaType === best) ?? 'csv';
}
