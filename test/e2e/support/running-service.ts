/** A service that runs, be it a process or a container. */

/** A stop takes no longer than this. */
export const STOP_MS = 10_000;

export interface RunningService {
  /** Without a slash at its end. */
  url: string;
  /** What it has written so far, both streams. */
  output(): string;
  /** Asks it to end and waits until it has. @throws Error when it takes longer than ten seconds */
  stop(): Promise<void>;
  /** Ends it as a crash would and waits until it has. */
  kill(): Promise<void>;
}

/** The address that the service says it serves at; undefined until it does. */
export function readyUrl(output: string): string | undefined {
  return /Ready at (https?:\/\/[^\s/]+) /.exec(output)?.[1];
}
