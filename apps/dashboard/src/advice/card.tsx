import type { ReactNode } from 'react';
import type { Advice } from '../api/use-advice';
import { commandOf } from '../as-call/command';
import { count, dayAndTime } from '../format/format';
import type { ScreenProps } from '../screens';
import { viewOf } from '../state/view-of-call';
import { Snippet } from '../ui/snippet';
import { ViewLink } from '../ui/view-link';
import { figureName, figureText, gainText } from './figures';

const TONES: Readonly<Record<Advice['priority'], string>> = { low: '', medium: 'warn', high: 'bad' };

interface Props extends ScreenProps {
  of: Advice;
  /** Undefined where it cannot be dismissed. */
  onDismiss: (() => void) | undefined;
}

/** One piece of advice with what shows it. */
export function AdviceCard({ of, view, zone, onDismiss }: Props): ReactNode {
  const gain = gainText(of.gain);
  const { usage } = of.evidence;
  const query = new URLSearchParams(usage.slice(usage.indexOf('?')));
  const since = dayAndTime(Date.parse(of.since), zone);
  return (
    <article className="panel advice-card" aria-labelledby={of.id}>
      <div className="advice-head">
        <div>
          <h2 id={of.id}>{of.title}</h2>
          <p className="badges">
            <span className={`badge ${TONES[of.priority]}`}>{of.priority}</span>
            {of.state !== 'open' && (
              <span className={`badge ${of.state === 'resolved' ? 'good' : ''}`}>{of.state}</span>
            )}
            {gain !== '' && (
              <span className="note">
                {of.state === 'resolved' ? 'Gained' : 'To gain'}: {gain}
              </span>
            )}
          </p>
        </div>
        <div className="actions">
          <ViewLink className="button" view={viewOf(usage, view)}>
            Show it<span className="hidden">: {of.title}</span>
          </ViewLink>
          {onDismiss && (
            <button type="button" onClick={onDismiss}>
              Dismiss…<span className="hidden"> {of.title}</span>
            </button>
          )}
        </div>
      </div>
      <p>{of.message}</p>
      <Figures of={of} zone={zone} />
      <p className="note">
        {count(of.evidence.requests)} requests from {dayAndTime(Date.parse(of.evidence.from), zone)} to{' '}
        {dayAndTime(Date.parse(of.evidence.to), zone)}, compared with {of.evidence.comparedWith}. Found first {since}.
      </p>
      {of.dismissed && (
        <p className="note">
          Dismissed {dayAndTime(Date.parse(of.dismissed.at), zone)}
          {of.dismissed.reason === null ? ', without a reason.' : `: ${of.dismissed.reason}`}
        </p>
      )}
      <details>
        <summary>As a call</summary>
        <Snippet
          title={`${of.title}, as a call`}
          text={commandOf(window.location.origin, '/usage', Object.fromEntries(query))}
        />
      </details>
    </article>
  );
}

/** The figures, and where it was resolved what they are since. */
function Figures({ of: { evidence, after, title }, zone }: { of: Advice; zone: string }): ReactNode {
  const before: Readonly<Record<string, unknown>> = evidence.figures;
  const names = Object.keys(before);
  if (!after) {
    return (
      <dl className="advice-facts">
        {names.map((name) => (
          <div key={name}>
            <dt>{figureName(name)}</dt>
            <dd>{figureText(name, before[name], zone)}</dd>
          </div>
        ))}
      </dl>
    );
  }
  const since: Readonly<Record<string, unknown>> | null = after.figures;
  return (
    <div className="advice-figures" tabIndex={0} role="region" aria-label={`Figures: ${title}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">Before</th>
            <th scope="col">After, {dayAndTime(Date.parse(after.at), zone)}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{figureName(name)}</th>
              <td>{figureText(name, before[name], zone)}</td>
              <td>{since === null ? 'no requests' : figureText(name, since[name], zone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
