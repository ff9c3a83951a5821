/** Runs statements that callers wrote: checked, bounded, for the rows of their account alone. */
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { CallerHandle, CountedRows, Limits } from '@meterhouse/clickhouse';
import { type Account, reasonOf } from '@meterhouse/common';
import { QueryGate } from '../admission/query-gate';
import type { Identity } from '../auth/identity';
import { SqlFailure } from './sql-failure';
import { SqlRepository } from './sql.repository';
import { AllowedFunctions } from './statement/functions';
import { FILTERS, checkedFilters } from './statement/filters';
import { type StatementBounds, engineSettings } from './statement/settings';
import { type Statement, splitStatement } from './statement/statement';
import { SqlRefusal } from './statement/refusal';
import { checkSyntax } from './statement/syntax';

/** The longest statement, in bytes of UTF-8; the values bound to it are not in it. */
export const MAX_STATEMENT_BYTES = 65_536;

/** What a caller asks for. */
export interface SqlRequest {
  caller: Identity;
  text: string;
  /** Values of `{name:Type}` placeholders, as ClickHouse's tab-separated format writes them. */
  parameters: Readonly<Record<string, string>>;
  /** As sent, or set before; those of the statement itself count before them. */
  settings: Readonly<Record<string, string | number>>;
  /** The most rows and bytes of the answer to a statement. */
  bounds: (statement: Statement) => { resultRows: number; resultBytes: number };
  signal: AbortSignal;
}

/** A statement that may run, on a handle of its own. */
export interface ReadyStatement {
  handle: CallerHandle;
  /** What is run, with a format of the caller's choice. */
  body: string;
  /** The format that the statement names. */
  format: string | undefined;
  signal: AbortSignal;
}

/** Reads the answer. */
export type SqlWork<T> = (statement: ReadyStatement) => Promise<T>;

/** Looks at a statement as the engine formats it; what it returns is the answer, and the statement is not run. */
export type Shortcut<T> = (canonical: string) => T | undefined;

@Injectable()
export class Statements implements OnModuleInit {
  private readonly logger = new Logger('Sql');
  private functions: AllowedFunctions | undefined;

  constructor(
    private readonly repository: SqlRepository,
    private readonly gate: QueryGate,
  ) {}

  async onModuleInit(): Promise<void> {
    if (this.repository.available) this.functions = new AllowedFunctions(await this.repository.functions());
  }

  /**
   * Waits for its turn among all reads, checks the statement and has `work` run it.
   * @throws SqlRefusal when it may not run; SqlFailure with the engine's error; ApiException OVERLOADED; the signal's reason
   */
  async run<T>(request: SqlRequest, work: SqlWork<T>, shortcut?: Shortcut<T>): Promise<T> {
    const { caller, text, signal } = request;
    if (!this.repository.available) {
      throw SqlRefusal.denied('SQL is served by the ClickHouse server itself here; ask its operator for a reader.');
    }
    if (Buffer.byteLength(text) > MAX_STATEMENT_BYTES) {
      throw SqlRefusal.denied(`A statement may have ${MAX_STATEMENT_BYTES} bytes.`);
    }
    const account = caller.isAdmin ? null : caller.accountId;
    const began = performance.now();
    let outcome = 'failed';
    let rows: Readonly<CountedRows> = { read: 0, sent: 0 };
    const counting: SqlWork<T> = (statement) => {
      rows = statement.handle.rows;
      return work(statement);
    };
    try {
      const result = await this.gate.runStatement(account, signal, (gated, limits) =>
        this.onHandle({ ...request, signal: gated }, account, limits, counting, shortcut),
      );
      outcome = 'answered';
      return result;
    } finally {
      // Who and how much; never what, for a statement may hold anybody's values.
      const ms = Math.round(performance.now() - began);
      this.logger.log(
        `Statement of key ${caller.key.id}, account ${caller.accountId}: ${outcome} after ${ms} ms, ` +
          `${rows.read} rows read, ${rows.sent} sent in pieces.`,
      );
    }
  }

  private async onHandle<T>(
    request: SqlRequest,
    account: Account,
    limits: Limits,
    work: SqlWork<T>,
    shortcut?: Shortcut<T>,
  ): Promise<T> {
    const handle = this.repository.openCaller();
    try {
      const canonical = await oneStatement(handle, request.text);
      const answer = shortcut?.(canonical);
      if (answer !== undefined) return answer;
      const statement = splitStatement(canonical);
      await this.prepare(handle, statement, request, account, limits);
      return await work({ handle, body: statement.body, format: statement.format, signal: request.signal });
    } catch (error) {
      throw SqlFailure.of(error) ?? error;
    } finally {
      await handle.close();
    }
  }

  private async prepare(
    handle: CallerHandle,
    statement: Statement,
    request: SqlRequest,
    account: Account,
    limits: Limits,
  ): Promise<void> {
    const bounds: StatementBounds = { ...request.bounds(statement), seconds: limits.seconds };
    const { [FILTERS]: filters, ...sent } = { ...request.settings, ...statement.settings };
    const settings = engineSettings(sent, bounds);
    if (filters !== undefined) settings[FILTERS] = await checkedFilters(String(filters), handle, this.allowed());
    await handle.restrict({
      account,
      limits: { ...limits, resultBytes: bounds.resultBytes },
      parameters: request.parameters,
      settings,
    });
    checkSyntax(statement.body, await handle.syntaxTree(statement.body), this.allowed());
  }

  private allowed(): AllowedFunctions {
    if (!this.functions) throw new Error('The functions of the engine are read when the module starts.');
    return this.functions;
  }
}

const SEVERAL = /Multi-statements are not allowed/;

/** The statement as the engine formats it. @throws SqlRefusal where the text holds several */
async function oneStatement(handle: CallerHandle, text: string): Promise<string> {
  try {
    return await handle.canonical(text);
  } catch (error) {
    if (SEVERAL.test(reasonOf(error))) throw SqlRefusal.several();
    throw error;
  }
}
