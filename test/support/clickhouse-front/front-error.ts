/** Errors as ClickHouse's HTTP interface words them. */

/** An error of the front's own, beside those of the engine. */
export class FrontError extends Error {
  constructor(
    readonly clickhouseCode: number,
    type: string,
    message: string,
  ) {
    super(`Code: ${clickhouseCode}. DB::Exception: ${message}. (${type})`);
  }
}

/** What a server sends of an error. */
export interface ErrorAnswer {
  status: number;
  code: number;
  text: string;
}

/** Codes with a status of their own, after `exceptionCodeToHTTPStatus` of ClickHouse; all others answer 500. */
const STATUS = new Map([
  ...[6, 26, 27, 36, 38, 41, 43, 47, 53, 62, 69, 72, 117, 130, 349, 386, 456].map((code) => [code, 400] as const),
  ...[16, 46, 60, 81, 115].map((code) => [code, 404] as const),
  [48, 501],
  [159, 408],
  [164, 500],
  [516, 403],
]);

export function errorAnswer(error: unknown): ErrorAnswer {
  const message = error instanceof Error ? error.message : String(error);
  const named = typeof error === 'object' && error !== null && 'clickhouseCode' in error ? error.clickhouseCode : 0;
  // Code 1001 is what a server says of an exception that is not its own.
  const code = typeof named === 'number' && named > 0 ? named : Number(/^Code: (\d+)/.exec(message)?.[1] ?? 1001);
  const text = message.startsWith('Code:') ? message : `Code: ${code}. DB::Exception: ${message} (STD_EXCEPTION)`;
  return { status: STATUS.get(code) ?? 500, code, text: `${text} (version 26.7.2.1 (official build))\n` };
}
