/** The running minute, second by second. */
import { type ReactNode, useEffect, useState } from 'react';
import { bytes, clock, count, duration, orNone, percent } from '../format/format';
import type { ScreenProps } from '../screens';
import { Pills } from '../shell/pills';
import { FILTERS, NO_FILTERS, type View } from '../state/view';
import { MinuteTable } from './minute-table';
import { type Figures, type Minute, lastSeconds, rateOf } from './minutes';
import { SecondsChart } from './seconds-chart';
import { useLive, useVisible } from './use-live';
import { useWindowWidth } from './use-window-width';
import type { Connection, LiveQuery } from './watch';
import { WhoSends } from './who-sends';
import './live.css';

/** What fits into the chart, in seconds, in a narrow window and in a wide one. */
const SECONDS = { narrow: 60, wide: 120 };
const NARROW = 600;

const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

export function Live({ view, zone }: ScreenProps): ReactNode {
  const [paused, setPaused] = useState(false);
  const visible = useVisible();
  const narrow = useWindowWidth() < NARROW;
  const { minutes, connection } = useLive(queryOf(view), visible && !paused);
  const seconds = lastSeconds(minutes, narrow ? SECONDS.narrow : SECONDS.wide);
  const running = minutes.at(-1);
  return (
    <>
      <Pills view={{ ...view, filters: { ...NO_FILTERS, keyId: view.filters.keyId } }} keyName={(keyId) => keyId} />
      <Unused view={view} />
      <div className="figures">
        <div className="live-head">
          <ConnectionState connection={connection} paused={paused} />
          <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
            {paused ? 'Continue' : 'Pause'}
          </button>
        </div>
        <section className="panel main-panel" aria-label="The running minute">
          <Tiles figures={running?.total} rate={rateOf(seconds)} />
          <SecondsChart seconds={seconds} zone={zone} />
        </section>
        <MinuteTable minutes={minutes} zone={zone} />
        <WhoSends view={view} zone={zone} running={visible && !paused} />
      </div>
      <Announcement minute={minutes.findLast(({ complete }) => complete)} zone={zone} />
    </>
  );
}

/** The stream takes one key. */
function queryOf({ account, filters }: View): LiveQuery {
  const [keyId] = filters.keyId;
  return { ...(account === undefined ? {} : { accountId: account }), ...(keyId === undefined ? {} : { keyId }) };
}

/** Says which filters of the address this screen leaves out. */
function Unused({ view: { filters } }: { view: View }): ReactNode {
  const others = FILTERS.some((filter) => filter !== 'keyId' && filters[filter].length > 0);
  if (!others && filters.keyId.length < 2) return null;
  return (
    <p className="note live-note">
      This screen shows all requests of an account or of one key{filters.keyId.length > 1 ? ', here of the first' : ''};
      the other filters apply on the other screens.
    </p>
  );
}

function ConnectionState({ connection, paused }: { connection: Connection; paused: boolean }): ReactNode {
  const [tone, text] = paused ? (['', 'Paused'] as const) : stateOf(connection);
  return (
    <p role="status" className={`live-state ${tone}`}>
      {text}
      {!paused && connection.state === 'waiting' && <Countdown key={connection.at} at={connection.at} />}
    </p>
  );
}

function stateOf(connection: Connection): readonly [tone: string, text: string] {
  switch (connection.state) {
    case 'connecting':
      return ['', 'Connecting…'];
    case 'live':
      return ['ok', 'Live'];
    case 'waiting':
      return ['warn', `Away: ${connection.reason}`];
    case 'ended':
      return ['bad', `Ended: ${connection.reason}`];
  }
}

/** Not spoken: the state that it stands in was, once. */
function Countdown({ at }: { at: number }): ReactNode {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, Math.ceil((at - now) / 1_000));
  return <span aria-hidden="true"> Trying again{left > 0 ? ` in ${left}\u202fs` : '…'}</span>;
}

function Tiles({ figures, rate }: { figures: Figures | undefined; rate: number | null }): ReactNode {
  const share = figures && figures.requests > 0 ? (figures.failedRequests / figures.requests) * 100 : null;
  const tiles = [
    [
      'Requests this minute',
      orNone(count, figures?.requests),
      `${orNone((value) => oneDigit.format(value), rate)} a second`,
    ],
    ['Failed', orNone(count, figures?.failedRequests), share === null ? 'no requests' : percent(share)],
    ['Throttled', orNone(count, figures?.throttledRequests), 'status 429'],
    ['Mean latency', orNone(duration, figures?.averageLatency), `highest ${orNone(duration, figures?.peakLatency)}`],
    ['Data', orNone(bytes, figures?.dataTransferred), 'transferred'],
  ] as const;
  return (
    <dl className="tiles live-tiles">
      {tiles.map(([label, figure, note]) => (
        <div key={label} className="tile">
          <dt className="label">{label}</dt>
          <dd className="figure">{figure}</dd>
          <dd className="change">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Speaks once a minute, of the one that has ended. */
function Announcement({ minute, zone }: { minute: Minute | undefined; zone: string }): ReactNode {
  return (
    <p className="hidden" aria-live="polite">
      {minute &&
        `${clock(minute.start, zone)}: ${count(minute.total.requests)} requests, ${count(minute.total.failedRequests)} failed`}
    </p>
  );
}
