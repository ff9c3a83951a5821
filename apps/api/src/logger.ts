import { ConsoleLogger } from '@nestjs/common';
import { requestId } from './http/request-context';

/** The framework's own chapters, of which only warnings and errors are worth a line. */
const FRAMEWORK = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** Text for somebody at a terminal, elsewhere a JSON object a line; with the id of the request that is being served. */
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
