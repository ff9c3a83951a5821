/** The filters of a rule, by the names and forms of those of `GET /usage`. */
import { HTTP_METHOD, KEY_ID } from '@meterhouse/common';
import { ENDPOINT_MAX_LENGTH } from '../../endpoints/normalise-endpoint';
import { endpointName } from '../../endpoints/endpoint-names';
import type { Reader } from './reader';
import type { RuleFilters } from './rule';

/** Values of one filter. */
const MAX_VALUES = 50;

export const NO_FILTERS: RuleFilters = { keyId: [], endpoint: [], method: [], statusCode: [], errorType: [] };

export function readFilters(filters: Reader): RuleFilters {
  filters.known(['keyId', 'endpoint', 'method', 'statusCode', 'errorType']);
  const texts = (name: string, right: string, of: (text: string) => string | null): string[] =>
    filters.list(name, MAX_VALUES, right, (item) => (typeof item === 'string' ? of(item) : null));
  return {
    keyId: texts('keyId', 'ids of keys', (text) => (KEY_ID.test(text) ? text : null)),
    endpoint: texts('endpoint', `paths or route templates of at most ${ENDPOINT_MAX_LENGTH} characters`, (text) =>
      text.length > 0 && text.length <= ENDPOINT_MAX_LENGTH ? endpointName(text) : null,
    ),
    method: texts('method', 'HTTP methods', (text) =>
      text === '{other}' ? text : HTTP_METHOD.test(text) ? text.toUpperCase() : null,
    ),
    statusCode: filters.list('statusCode', MAX_VALUES, 'codes such as 404, or classes such as "5xx"', statusOf),
    errorType: texts('errorType', 'types of errors of at most 64 characters', (text) =>
      text.length > 0 && text.length <= 64 ? text : null,
    ),
  };
}

function statusOf(item: unknown): string | null {
  const text = typeof item === 'number' ? String(item) : item;
  return typeof text === 'string' && /^[1-5](\d\d|xx)$/.test(text) ? text : null;
}
