/** Calls to the service, typed by its OpenAPI document. */
import createClient from 'openapi-fetch';
import { parseUsage } from './parse-usage';
import type { components, paths } from './schema';
import { currentKey } from './session';

/** Sums of bytes pass 2^53; `parseUsage` keeps their digits. */
type Exact<T> = T extends (infer Item)[]
  ? Exact<Item>[]
  : T extends object
    ? { [Name in keyof T]: Name extends 'dataTransferred' ? number | bigint : Exact<T[Name]> }
    : T;

type UsageAnswer = Exact<components['schemas']['UsageResponseDto']>;
export type Point = Exact<components['schemas']['PointDto']>;

/** What the window is compared with. */
export type Comparison = Pick<NonNullable<UsageAnswer['comparison']>, 'period' | 'usage' | 'latency'> & {
  /** Each at the place of the point of the window that it is compared with. */
  timeSeries: readonly (Point | undefined)[];
};

/** Without a comparison, none was asked for yet; null: there is none. */
export type Usage = Omit<UsageAnswer, 'comparison'> & { comparison?: Comparison | null };
export type UsageQuery = NonNullable<paths['/usage']['get']['parameters']['query']>;
type ErrorBody = components['schemas']['ErrorDto'];

export const client = createClient<paths>({ baseUrl: window.location.origin });

client.use({
  onRequest({ request }) {
    const key = currentKey();
    if (key !== null) request.headers.set('Authorization', `Bearer ${key}`);
    return request;
  },
});

/** An answer that is not the wanted one, or none. */
export class CallError extends Error {
  override readonly name = 'CallError';

  /**
   * @param status of HTTP; 0 where the service could not be reached
   * @param message in the service's own words
   * @param retryAfterSeconds when the service says that a retry can succeed
   * @param details what was wrong with which field of what was sent
   * @param code of the service's error, such as `QUERY_REFUSED`
   */
  constructor(
    readonly status: number,
    message: string,
    readonly retryAfterSeconds: number | null = null,
    readonly details: NonNullable<ErrorBody['details']> = [],
    readonly code: string | null = null,
  ) {
    super(message);
  }

  /** Whether the same call may succeed later: a limit is used up, the service is busy or away. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 503;
  }
}

/** @throws CallError in the service's own words */
export async function getUsage(query: UsageQuery, signal: AbortSignal): Promise<Usage> {
  return parseUsage(await unwrap<string>(client.GET('/usage', { params: { query }, signal, parseAs: 'text' }), signal));
}

/** What a call of openapi-fetch answers. @throws CallError for everything but a success */
export async function unwrap<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
  signal?: AbortSignal,
): Promise<T> {
  const answer = await call.catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new CallError(0, 'The service could not be reached. Is it running, and is the network there?');
  });
  if (answer.data !== undefined) return answer.data;
  const wait = Number(answer.response.headers.get('Retry-After') ?? NaN);
  const details = isErrorBody(answer.error) ? answer.error.details : undefined;
  const code = isErrorBody(answer.error) ? answer.error.error : null;
  throw new CallError(answer.response.status, messageOf(answer), Number.isNaN(wait) ? null : wait, details, code);
}

function messageOf({ error, response }: { error?: unknown; response: Response }): string {
  if (isErrorBody(error)) return error.message;
  return `The answer was ${response.status} ${response.statusText}, without a reason.`;
}

function isErrorBody(value: unknown): value is ErrorBody {
  return typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';
}
