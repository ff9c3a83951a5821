/** From what was found to the contract's JSON. */
import { iso } from '@meterhouse/common';
import { type Judged, weightOf } from './advice';
import type { AdviceRecord } from './advice-record';
import type { AdviceDto } from './dto/advice-response.dto';

/** Advice of this weight and above has high priority, of a tenth of it medium. */
const HIGH_WEIGHT = 1_000_000;

/** The filters of a call that its evidence is under. */
interface AskedFor {
  method?: readonly string[];
  statusCode?: readonly string[];
  errorType?: readonly string[];
}

export function toAdvice(record: AdviceRecord, finding: Judged, asked: AskedFor): AdviceDto {
  const { id, type, keyId, endpoint, title, message, requests, figures, comparedWith, gain } = finding;
  const weight = weightOf(gain);
  const { state, since, after, dismissed } = record;
  return {
    id,
    type,
    priority: weight >= HIGH_WEIGHT ? 'high' : weight >= HIGH_WEIGHT / 10 ? 'medium' : 'low',
    title,
    message,
    keyId,
    endpoint,
    evidence: {
      from: iso(finding.from),
      to: iso(finding.to),
      requests,
      figures,
      comparedWith,
      usage: usageCall(record.accountId, finding, asked),
    },
    gain,
    state,
    since: iso(since),
    after: after && {
      at: iso(after.at),
      from: iso(after.from),
      to: iso(after.to),
      requests: after.requests,
      figures: after.figures,
    },
    dismissed: dismissed && { at: iso(dismissed.at), reason: dismissed.reason },
  };
}

/** A call that shows the requests of a finding. */
function usageCall(accountId: string, { from, to, keyId, endpoint }: Judged, asked: AskedFor): string {
  const call = new URLSearchParams({ from: iso(from), to: iso(to), accountId });
  if (keyId !== null) call.set('keyId', keyId);
  if (endpoint !== null) call.set('endpoint', endpoint);
  for (const name of ['method', 'statusCode', 'errorType'] as const) {
    const values = asked[name] ?? [];
    if (values.length > 0) call.set(name, values.join(','));
  }
  return `/usage?${call.toString()}`;
}
