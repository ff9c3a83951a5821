/** The embedded engine behind the front: a few handles on one folder, each used by one statement at a time. */
import { type ChdbResult, Session, drainPending } from 'chdb';
import { ConnectionPool } from '../../../libs/clickhouse/src/connection-pool';
import { FrontError } from './front-error';
import type { Statement } from './statement';

const HANDLES = 4;
const MAX_MEMORY_BYTES = 1_073_741_824;
const INSERT_OF_ROWS = /^\s*INSERT\b.*\b(FORMAT\s+\w+|VALUES)\s*$/is;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export class Engine {
  private readonly pool: ConnectionPool<Handle>;

  constructor(folder: string) {
    // A bound value is as long as the statement that sets it here; a server does not parse it as one.
    const connectionArgs = [`--max_server_memory_usage=${MAX_MEMORY_BYTES}`, '--max_query_size=1048576'];
    this.pool = new ConnectionPool(
      Array.from({ length: HANDLES }, () => new Handle(new Session(folder, { connectionArgs }))),
    );
  }

  /** @throws the engine's error, or FrontError */
  run(statement: Statement): Promise<ChdbResult | undefined> {
    return this.pool.use((handle) => handle.run(statement));
  }

  async close(): Promise<void> {
    await this.pool.close(async (handle) => handle.close());
    await drainPending();
  }
}

/**
 * A session stands for a request: what the request sets is set before its statement and taken back after, because a
 * handle keeps it. Placeholders cannot be taken back, so those left by a request before are refused by name.
 */
class Handle {
  private database = 'default';
  private readonly bound = new Set<string>();

  constructor(private readonly session: Session) {}

  async run(statement: Statement): Promise<ChdbResult | undefined> {
    // An insert without rows is no error for a server; the engine calls it one.
    if (statement.rows?.trim() === '' && INSERT_OF_ROWS.test(statement.sql)) return undefined;
    this.checkPlaceholders(statement);
    if (statement.database !== this.database) {
      await this.session.queryAsync(`USE \`${statement.database.replace(/[\\`]/g, '\\$&')}\``);
      this.database = statement.database;
    }
    for (const [name, value] of statement.parameters) {
      await this.session.queryAsync(`SET param_${named(name)} = ${literal(value)}`);
      this.bound.add(name);
    }
    const settings = [...statement.settings].map(([name, value]) => [named(name), literal(value)] as const);
    try {
      for (const [name, value] of settings) await this.session.queryAsync(`SET ${name} = ${value}`);
      const rows = statement.rows === undefined ? '' : `\n${statement.rows}`;
      return await this.session.queryAsync(statement.sql + rows, { format: statement.format });
    } finally {
      for (const [name] of settings) await this.session.queryAsync(`SET ${name} = DEFAULT`).catch(() => undefined);
    }
  }

  close(): void {
    this.session.close();
  }

  private checkPlaceholders(statement: Statement): void {
    for (const name of this.bound) {
      if (!statement.parameters.has(name) && statement.sql.includes(`{${name}:`)) {
        throw new FrontError(456, 'UNKNOWN_QUERY_PARAMETER', `Substitution \`${name}\` is not set`);
      }
    }
  }
}

function named(name: string): string {
  if (!NAME.test(name)) throw new FrontError(36, 'BAD_ARGUMENTS', `${JSON.stringify(name)} is not a name`);
  return name;
}

/** A string literal that reads back as the very text. */
function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`;
}
