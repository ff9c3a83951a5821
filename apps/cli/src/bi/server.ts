/** The ClickHouse server of `CLICKHOUSE_URL`, as the command that makes a reader talks to it. */
import { CliError, UsageError } from '../errors';

const TIMEOUT_MS = 30_000;

/** From these versions on, and in later lines, `readonly = 1` holds also within a subquery. */
const SAFE_VERSIONS = [
  [26, 3, 27, 4],
  [26, 7, 6, 49],
];

/** Null where a reader is safe on this version; else a sentence that says which versions are. */
export function unsafeVersion(version: string): string | null {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  const sameLine = SAFE_VERSIONS.find((safe) => safe[0] === parts?.[0] && safe[1] === parts?.[1]);
  const isSafe = parts && (sameLine ? !isBelow(parts, sameLine) : !isBelow(parts, SAFE_VERSIONS.at(-1) ?? []));
  if (isSafe) return null;
  return (
    `This server is ClickHouse ${version || 'of an unknown version'}, on which a reader can lift readonly; ` +
    'use 26.3.27.4 or later of 26.3, or 26.7.6.49 or later.'
  );
}

function isBelow(version: readonly number[], other: readonly number[]): boolean {
  const index = version.findIndex((part, at) => part !== other[at]);
  return index >= 0 && (version[index] ?? 0) < (other[index] ?? 0);
}

export class ClickHouseServer {
  /** Of the tables behind the views. */
  readonly database: string;
  readonly user: string;
  private readonly endpoint: string;
  private readonly authorization: string;

  /** @param text as CLICKHOUSE_URL. @throws UsageError */
  constructor(text: string | undefined) {
    if (!text) throw new UsageError('Set CLICKHOUSE_URL, such as http://user:password@clickhouse:8123.');
    if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
      throw new UsageError('CLICKHOUSE_URL should be like http://user:password@clickhouse:8123/database.');
    }
    const url = new URL(text);
    this.endpoint = `${url.origin}/`;
    this.user = decodeURIComponent(url.username) || 'default';
    const credentials = `${this.user}:${decodeURIComponent(url.password)}`;
    this.authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    this.database = decodeURIComponent(url.pathname.slice(1)) || 'default';
  }

  /** Runs a statement and returns its answer as tab-separated text. @throws CliError with the server's own reason */
  async run(statement: string): Promise<string> {
    const answer = await fetch(this.endpoint, {
      method: 'POST',
      headers: { authorization: this.authorization },
      body: statement,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new CliError(`The server of CLICKHOUSE_URL cannot be reached: ${reason(error)}.`);
    });
    const text = (await answer.text()).trim();
    if (answer.ok) return text;
    // What a server quotes of a statement may be the hash of a password.
    throw new CliError(`ClickHouse refused: ${text.replace(/[0-9a-f]{64}/gi, '…').slice(0, 1_000)}`);
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
