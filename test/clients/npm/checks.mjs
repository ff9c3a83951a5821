/** What the clients in JavaScript share: where the service is, what is to come out, and a line for each check. */
import { strictEqual } from 'node:assert/strict';

/** See `expectedOf` in `service.mjs`. */
export const expected = JSON.parse(process.env.EXPECTED);
export const { SQL_URL: url, SQL_KEY: password } = process.env;

/** Runs for minutes, unless something ends it. */
export const SLOW = 'SELECT sum(cityHash64(SHA512(toString(number)))) AS slow FROM numbers(1000000000)';

/** Runs a check and prints how it ended, as `run.mjs` reads it. */
export async function check(name, work) {
  try {
    print({ check: name, ok: true, says: String((await work()) ?? '') });
  } catch (error) {
    print({ check: name, ok: false, says: String(error?.stack ?? error) });
  }
}

/** Cancels a statement that runs by now; `run.mjs` looks when the service says that it has ended. */
export async function cancel(work) {
  await new Promise((resolve) => setTimeout(resolve, 500));
  print({ cancelled: true });
  return work();
}

/** @param p95 of the busiest endpoint: the same sketch read in another way differs in its last digits */
export function checkPercentile(p95) {
  strictEqual(Math.abs(p95 - expected.p95) <= 0.007 * expected.p95, true, `${p95} is not ${expected.p95}`);
}

/** The error that `work` rejects with. */
export async function failure(work) {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('There was no error.');
}

function print(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
