import { cacheCandidate } from './rules/cache-candidate.sql';
import { errorHotSpot } from './rules/error-hot-spot.sql';
import { largePayloads } from './rules/large-payloads.sql';
import { latencyRegression } from './rules/latency-regression.sql';
import { nPlusOne } from './rules/n-plus-one.sql';
import { overEntitledKey } from './rules/over-entitled-key.sql';
import { polling } from './rules/polling.sql';
import { retiredRoute } from './rules/retired-route.sql';
import { retryStorm } from './rules/retry-storm.sql';
import type { Rule } from './rules/rule.sql';
import { slowEndpoint } from './rules/slow-endpoint.sql';
import { throttling } from './rules/throttling.sql';
import { unusedKey } from './rules/unused-key.sql';

/** Every type of advice, in the order of the contract. */
export const RULES: readonly Rule[] = [
  slowEndpoint,
  latencyRegression,
  errorHotSpot,
  retryStorm,
  polling,
  nPlusOne,
  largePayloads,
  cacheCandidate,
  throttling,
  unusedKey,
  overEntitledKey,
  retiredRoute,
];
