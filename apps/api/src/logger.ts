import { inspect } from 'node:util';
import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import { escapeControls } from '@meterhouse/common';
import { requestId } from './http/request-context';

/** The framework's own chapters, of which only warnings and errors are worth a line. */
const FRAMEWORK = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/**
 * Text for somebody at a terminal, elsewhere a JSON object a line; with the id of the request that is being served. What
 * messages quote of callers or of storage cannot act on a terminal, nor begin a line of its own.
 */
export class ServiceLogger extends ConsoleLogger {
  constructor(isTerminal = process.stdout.isTTY === true) {
    super({
      prefix: 'Meterhouse',
      colors: isTerminal,
      json: !isTerminal,
      flattenParams: true,
      logLevels: ['log', 'warn', 'error', 'fatal'],
    });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && FRAMEWORK.has(context)) return;
    super.log(message, ...rest);
  }

  override error(message: unknown, ...rest: unknown[]): void {
    // Nest's stack of a start that fails; main prints the reason as one sentence.
    if (rest.at(-1) === 'NestApplication' || rest.at(-1) === 'ExceptionHandler') return;
    super.error(message, ...rest);
  }

  /** The text of a message; that of an error has a line for each call on its stack. */
  protected override stringifyMessage(message: unknown, level: LogLevel): string {
    const text = typeof message === 'string' ? escapeControls(message) : escapeControls(inspect(message), '\n');
    return super.stringifyMessage(text, level);
  }

  protected override printStackTrace(stack: string | undefined): void {
    super.printStackTrace(escapeControls(stack ?? '', '\n'));
  }

  /** JSON escapes line breaks and ESC by itself, but no control characters beyond ASCII. */
  protected override stringifyJsonLogObject(record: Record<string, unknown>): string {
    return escapeControls(super.stringifyJsonLogObject(record));
  }

  protected override printMessages(...[messages, context, level, stream, stack, params]: Printed): void {
    const id = requestId();
    super.printMessages(
      messages,
      context,
      level,
      stream,
      stack,
      id === undefined ? params : { ...params, requestId: id },
    );
  }
}

type Printed = Parameters<ConsoleLogger['printMessages']>;
