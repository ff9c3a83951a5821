/** What the page is about, and since when it is known. */
import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import { bucketName, dayAndTime, orNone } from '../format/format';
import { SUBJECTS, type SubjectScreen, type View, onScreen, withoutFilters } from '../state/view';
import { ViewLink } from '../ui/view-link';
import { useSeen } from './use-seen';

const NAMES: Record<SubjectScreen, string> = { endpoint: 'endpoints', key: 'keys', error: 'error types' };

interface Props {
  screen: SubjectScreen;
  view: View;
  zone: string;
  usage: Usage;
}

export function Subject({ screen, view, zone, usage }: Props): ReactNode {
  const filter = SUBJECTS[screen];
  const alone = withoutFilters(view);
  const seen = useSeen(alone, zone);
  return (
    <header className="subject">
      <h2>{view.filters[filter].map((value) => titleOf(screen, value, usage)).join(', ')}</h2>
      {screen === 'error' && <p>{usage.errors?.byType[0]?.description}</p>}
      <dl>
        {screen === 'key' && <Fact name="Id" value={view.filters.keyId.join(', ')} />}
        <Fact name="First seen" value={orNone((at) => bucketName(at, 'day', zone), seen?.firstDay)} />
        <Fact name="Last seen" value={orNone((at) => dayAndTime(at, zone), seen?.last)} />
      </dl>
      <ViewLink view={onScreen({ ...view, filters: { ...view.filters, [filter]: [] } }, '')}>
        All {NAMES[screen]}
      </ViewLink>
    </header>
  );
}

function Fact({ name, value }: { name: string; value: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function titleOf(screen: SubjectScreen, value: string, { breakdown }: Usage): string {
  if (screen !== 'key') return value;
  return breakdown?.byKey.find(({ keyId }) => keyId === value)?.name ?? value;
}
