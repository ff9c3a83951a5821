/** What the service writes to its log. Real: the logger. Not real: the output, which is gathered. */
import { Logger } from '@nestjs/common';
import { controlIn } from '@meterhouse/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { nameRequest, outsideRequest } from './http/request-context';
import { ServiceLogger } from './logger';

let written: string[];

beforeEach(() => {
  written = [];
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((line) => written.push(String(line)) > 0);
  }
});
afterEach(() => jest.restoreAllMocks());

/** Does the work while a request is served. */
const during = (id: string, work: () => void): void => {
  const reply = { header: () => reply } as unknown as FastifyReply;
  nameRequest({ id } as FastifyRequest, reply, work);
};

const objects = (): unknown[] => written.map((line) => JSON.parse(line));

describe('off a terminal', () => {
  beforeEach(() => Logger.overrideLogger(new ServiceLogger(false)));

  it('each line is an object, with the id of the request while one is served', async () => {
    const logger = new Logger('Usage');
    logger.log('before');
    await new Promise<void>((done) =>
      during('id-1', () => {
        logger.warn('line\none');
        setImmediate(() => {
          logger.error(new Error('broken'));
          outsideRequest(() => logger.log('for all'));
          done();
        });
      }),
    );
    expect(written.every((line) => line.endsWith('}\n'))).toBe(true);
    expect(objects()).toEqual([
      { level: 'log', pid: process.pid, timestamp: expect.any(Number), context: 'Usage', message: 'before' },
      expect.objectContaining({ level: 'warn', message: 'line\none', requestId: 'id-1' }),
      expect.objectContaining({
        level: 'error',
        message: 'broken',
        requestId: 'id-1',
        error: expect.objectContaining({ stack: expect.stringContaining('logger.spec') }),
      }),
      { level: 'log', pid: process.pid, timestamp: expect.any(Number), context: 'Usage', message: 'for all' },
    ]);
  });

  it("leaves the framework's chapters out, and its words for a start that fails", () => {
    new Logger('RoutesResolver').log('chapter');
    new Logger('ExceptionHandler').error(new Error('reported by main'));
    new Logger('ExceptionsHandler').error('kept');
    expect(objects()).toMatchObject([{ message: 'kept' }]);
  });
});

const HOSTILE = 'a\u001b]0;owned\u0007\u009b2J\u202e\nforged line';

it.each([true, false])('nothing that a message or an error quotes acts on a terminal (%p)', (isTerminal) => {
  Logger.overrideLogger(new ServiceLogger(isTerminal));
  new Logger('Usage').warn(HOSTILE);
  new Logger('Usage').error(new Error(HOSTILE));
  new Logger('Usage').error('failed', `Error: ${HOSTILE}\n    at somewhere (/x.ts:1:1)`);
  const lines = written
    .join('')
    .replace(/\u001b\[[\d;]*m/g, '')
    .split('\n');
  expect(lines.filter((line) => controlIn(line) !== null)).toEqual([]);
  expect(lines[0]).toContain(
    isTerminal ? 'a\\u001b]0;owned\\u0007\\u009b2J\\u202e\\u000aforged line' : '\\u202e\\nforged',
  );
  if (!isTerminal) expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: HOSTILE });
});

it('on a terminal lines are text, with the id of the request behind', () => {
  Logger.overrideLogger(new ServiceLogger(true));
  during('id-2', () => new Logger('Usage').log('something'));
  expect(written.join('')).toMatch(/\[Meterhouse\].+\[Usage\].+something.+requestId.+id-2/);
});
