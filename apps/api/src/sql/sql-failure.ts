/** A statement that the engine did not run to its end, in the engine's own words. */
import { SqlRefusal } from './statement/refusal';

/** Paths and the name of the engine's user mean nothing to a reader, and are nobody's business. */
const PRIVATE = [/\(?\s*(?:in file|while reading file|path:?)\s+\S+\)?/gi, /(?<=^|[\s'"(])\/(?:[\w.+-]+\/)+[\w.+-]*/g];

/** The engine says which version it is in the middle of some messages, once more. */
const VERSION = /\s*\(version [\d.]+(?: \([^)]*\))?\)/g;

export class SqlFailure extends Error {
  /**
   * @param engineCode ClickHouse's number of the error
   * @param type its name, such as `UNKNOWN_IDENTIFIER`
   */
  private constructor(
    message: string,
    readonly engineCode: number,
    readonly type: string,
  ) {
    super(message);
  }

  /** What a client may read of an error of the engine's; undefined for any other error. */
  static of(error: unknown): SqlFailure | undefined {
    if (error instanceof SqlRefusal || !(error instanceof Error) || !('code' in error) || !('type' in error))
      return undefined;
    const code = Number(error.code);
    if (!Number.isInteger(code)) return undefined;
    const text = PRIVATE.reduce((message, pattern) => message.replace(pattern, ''), error.message);
    return new SqlFailure(text.replace(VERSION, '').trim(), code, String(error.type));
  }
}
