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

  /** A setting that no caller may change, or not so far. */
  static setting(message: string): SqlRefusal {
    return new SqlRefusal(message, 164, 'READONLY');
  }
}
