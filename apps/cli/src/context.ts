/** What every command gets: where to print, and the client that the global options ask for. */
import type { MeterhouseClient } from './client';
import type { Progress } from './progress';

export interface CommandContext {
  /** A client made from `--url` and `--key`. @throws UsageError when one of them cannot be used */
  client(): MeterhouseClient;
  /** CLICKHOUSE_URL; undefined where it is not set. */
  clickhouseUrl(): string | undefined;
  /** Prints a result, with a line break, to standard output. */
  print(text: string): void;
  /** Shows what a person should know and a script should not read, on standard error. */
  note(text: string): void;
  progress(): Progress;
  /** The data folder of a service that is started here. */
  dataDir(): string;
  /** Epoch milliseconds. */
  now(): number;
}
