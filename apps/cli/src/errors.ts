/** What the command line can fail with: one sentence each, that says what to do. */

/** The command ran and did not succeed. */
export const EXIT_FAILED = 1;
/** The command was called wrongly. */
export const EXIT_USAGE = 2;

/** An error for the person at the terminal; the message is all that is shown. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: typeof EXIT_FAILED | typeof EXIT_USAGE = EXIT_FAILED,
  ) {
    super(message);
  }
}

/** A command called with arguments that cannot be used. */
export class UsageError extends CliError {
  constructor(message: string) {
    super(message, EXIT_USAGE);
  }
}

/** An answer of the service that is not a success. */
export class ServiceError extends CliError {
  constructor(
    message: string,
    /** HTTP status. */
    readonly status: number,
    /** The body of the answer, when it was JSON. */
    readonly body: unknown,
  ) {
    super(message);
  }
}

/** The system's code of an error, such as ENOENT; null when it has none. */
export function errorCode(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;
}
