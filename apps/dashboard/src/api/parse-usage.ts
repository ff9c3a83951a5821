/** Reads the answer of `GET /usage` with all digits of its sums of bytes. */
import type { Usage } from './client';

/** Only then is it worth asking for the source of each number of thousands of points. */
const HAS_LONG = /"dataTransferred":\d{16}/;

/** Sums past 2^53 become bigint; where the browser does not tell the source of a number they are rounded. */
export function parseUsage(text: string): Usage {
  const usage: unknown = HAS_LONG.test(text) ? JSON.parse(text, exactly) : JSON.parse(text);
  return usage as Usage;
}

function exactly(key: string, value: unknown, context?: { source: string }): unknown {
  if (key !== 'dataTransferred' || !context || Number.isSafeInteger(value)) return value;
  return /^\d+$/.test(context.source) ? BigInt(context.source) : value;
}
