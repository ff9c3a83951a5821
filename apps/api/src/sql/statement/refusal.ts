/** Why a statement is not run. `code` and `type` are those by which ClickHouse itself refuses such a thing. */
export class SqlRefusal extends Error {
  private constructor(
    message: string,
    readonly code: number,
    readonly type: string,
  ) {
    super(message);
  }

  /** The statement does what no caller may. */
  static denied(message: string): SqlRefusal {
    return new SqlRefusal(message, 497, 'ACCESS_DENIED');
  }

  /** A text with more than one statement. */
  static several(): SqlRefusal {
    return new SqlRefusal('Multi-statements are not allowed: send one statement at a time.', 62, 'SYNTAX_ERROR');
  }

  /** A setting that no caller may change, or not so far. */
  static setting(message: string): SqlRefusal {
    return new SqlRefusal(message, 164, 'READONLY');
  }
}
