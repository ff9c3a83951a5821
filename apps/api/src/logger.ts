import { ConsoleLogger } from '@nestjs/common';

/** The framework's own chapters, of which only warnings and errors are worth a line. */
const FRAMEWORK = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** Plain lines; colours only where somebody looks at a terminal. */
export class ServiceLogger extends ConsoleLogger {
  constructor() {
    super({
      prefix: 'Meterhouse',
      colors: process.stdout.isTTY === true,
      logLevels: ['log', 'warn', 'error', 'fatal'],
    });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && FRAMEWORK.has(context)) return;
    super.log(message, ...rest);
  }

  override error(message: unknown, ...rest: unknown[]): void {
    // Of a start that fails, which main tells in words of its own.
    if (rest.at(-1) === 'NestApplication' || rest.at(-1) === 'ExceptionHandler') return;
    super.error(message, ...rest);
  }
}
