/** What a rule would have done, before it is saved. */
import { type ReactNode, useMemo, useState } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { CallError } from '../api/client';
import { type Preview, type PreviewTimeframe, usePreview } from '../api/use-rules';
import { WatchChart } from '../alerts/watch-chart';
import { WatchTable } from '../alerts/watch-table';
import { type Watched, firingsOf, pointsOf } from '../alerts/watched';
import { ALERT_METRICS } from '../alerts/metrics';
import { count, lasting, percent } from '../format/format';
import { CallState } from '../shell/call-state';
import { Choice } from '../ui/choice';
import type { RuleBody } from './rule';

const TIMEFRAMES: readonly { value: PreviewTimeframe; label: string }[] = [
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
  { value: '90d', label: '90 days' },
];

export interface Previewed {
  query: UseQueryResult<Preview, CallError>;
  /** What was tried; null: nothing was. */
  tried: RuleBody | null;
  timeframe: PreviewTimeframe;
  onTry: (rule: RuleBody, timeframe: PreviewTimeframe) => void;
}

/** The preview of a form, which is asked for and not at each letter. */
export function usePreviewed(): Previewed {
  const [tried, setTried] = useState<RuleBody | null>(null);
  const [timeframe, setTimeframe] = useState<PreviewTimeframe>('7d');
  const query = usePreview(tried, timeframe);
  return {
    query,
    tried,
    timeframe,
    onTry: (rule, chosen) => {
      // Who it tells and what it is called changes nothing.
      setTried({ ...rule, name: 'Preview', channels: [] });
      setTimeframe(chosen);
      if (query.isError) void query.refetch();
    },
  };
}

interface Props {
  preview: Previewed;
  /** The rule of the form as it is now. */
  body: RuleBody;
  zone: string;
}

export function RulePreview({ preview: { query, tried, timeframe, onTry }, body, zone }: Props): ReactNode {
  const data = tried === null || query.isError ? undefined : query.data;
  const watched = useMemo(() => (data && tried ? watchedOf(data, tried) : null), [data, tried]);
  const isOld = tried !== null && JSON.stringify(tried) !== JSON.stringify({ ...body, name: tried.name, channels: [] });
  return (
    <section className="panel preview" aria-label="Preview">
      <div className="panel-head">
        <h2>What it would have done</h2>
        <Choice
          label="Time to try it on"
          options={TIMEFRAMES}
          chosen={tried === null ? null : timeframe}
          onChoose={(chosen) => onTry(body, chosen)}
        />
      </div>
      {tried === null && (
        <div className="table-empty note">
          <p>Try it on the past before you save it.</p>
          <button type="button" onClick={() => onTry(body, timeframe)}>
            Try it
          </button>
        </div>
      )}
      {query.error?.isPassing && <CallState query={query} />}
      {query.isError && !query.error.isPassing && (
        <p role="alert" className="error">
          It cannot be tried as it is: {query.error.message}
        </p>
      )}
      {tried !== null && query.isPending && <div className="chart shade" role="status" aria-label="Loading" />}
      {watched && data && (
        <div data-stale={isOld || query.isFetching} className="figures">
          {isOld && (
            <p className="note">
              The form was changed since.{' '}
              <button type="button" onClick={() => onTry(body, timeframe)}>
                Try it again
              </button>
            </p>
          )}
          <p role="status">{summary(data)}</p>
          <WatchChart watched={watched} zone={zone} />
          <WatchTable watched={watched} zone={zone} />
        </div>
      )}
    </section>
  );
}

const NOT_JUDGED: Record<string, string> = {
  NOT_ENOUGH_HISTORY: ' The latest windows could not be judged: there is too little history.',
  NO_LIMIT: ' The latest windows could not be judged: the keys have no limit.',
};

function summary({ firings, evaluations, openNow, notJudged, timestamp }: Preview): string {
  const windows = `${count(evaluations)} windows were judged`;
  const why = notJudged === null ? '' : (NOT_JUDGED[notJudged] ?? '');
  if (firings.length === 0) return `It would not have fired; ${windows}.${why}`;
  const end = Date.parse(timestamp);
  const spent = firings.reduce((sum, { from, to }) => sum + (to === null ? end : Date.parse(to)) - Date.parse(from), 0);
  const times = firings.length === 1 ? 'once' : `${count(firings.length)} times`;
  const now = openNow === 0 ? '' : ` It would be firing now${openNow > 1 ? `, ${count(openNow)} alerts` : ''}.`;
  return `It would have fired ${times}, for ${lasting(spent)} in all; ${windows}.${now}${why}`;
}

function watchedOf(preview: Preview, rule: RuleBody): Watched {
  const { label, format, short, wholeOnly } = ALERT_METRICS[rule.metric];
  const isQuota = rule.condition.type === 'quota';
  return {
    points: pointsOf(preview),
    firings: firingsOf(preview),
    label: isQuota ? 'Requests, of the limits' : label,
    format: isQuota ? percent : format,
    short: isQuota ? percent : short,
    wholeOnly: wholeOnly && !isQuota,
  };
}
