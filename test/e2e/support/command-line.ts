/** Runs the command line as its users do. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

const ENTRY = join(__dirname, '../../../dist/apps/cli/src/main.js');

export interface Ran {
  code: number;
  out: string;
  err: string;
}

export function meterhouse(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  const options = { env: { ...process.env, TZ: 'UTC', UV_THREADPOOL_SIZE: '16', ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, [ENTRY, ...args], options, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}
