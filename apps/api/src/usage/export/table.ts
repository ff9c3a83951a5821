/** What can be exported: the parts of `GET /usage` that are lists. */
export const EXPORT_TABLES = ['timeSeries', 'endpoints', 'methods', 'statusCodes', 'errorTypes', 'keys'] as const;
export type ExportTable = (typeof EXPORT_TABLES)[number];
