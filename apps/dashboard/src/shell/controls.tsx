import { type ReactNode, startTransition, useEffect, useMemo, useState } from 'react';
import { dayAndTime } from '../format/format';
import { COMPARE_NAMES } from '../overview/metrics';
import { chooseZone, localZone } from '../state/preferences';
import { go } from '../state/use-view';
import { COMPARES, type Timeframe, type View, compared } from '../state/view';
import { Choice } from '../ui/choice';
import { PERIODS } from './periods';

interface Props {
  view: View;
  zone: string;
  onCustom: () => void;
}

/** The period and the zone of everything below. */
export function Controls({ view, zone, onCustom }: Props): ReactNode {
  const { period } = view;
  const isCustom = !('timeframe' in period);
  return (
    <div className="controls">
      <Choice<Timeframe>
        label="Period"
        options={PERIODS.map(({ value, label, name, key }) => ({ value, label, hint: `${name} (${key})` }))}
        chosen={isCustom ? null : period.timeframe}
        onChoose={(timeframe) => go({ ...withoutGranularity(view), period: { timeframe } })}
      />
      <button type="button" aria-pressed={isCustom} title="Custom period (c)" onClick={onCustom}>
        {isCustom ? customLabel(period.from, period.to, zone) : 'Custom…'}
      </button>
      <CompareSelect view={view} />
      <ZoneSelect view={view} zone={zone} />
    </div>
  );
}

export function withoutGranularity(view: View): View {
  const { granularity: _, ...rest } = view;
  return rest;
}

/** Dates are days of the zone and stay as they are; instants are shown in it. */
function customLabel(from: string, to: string | undefined, zone: string): string {
  const shown = (text: string): string => (text.includes('T') ? dayAndTime(Date.parse(text), zone) : text);
  return `${shown(from)} – ${to === undefined ? 'now' : shown(to)}`;
}

/** What the period is compared with, in charts and changes. */
function CompareSelect({ view }: { view: View }): ReactNode {
  return (
    <select
      aria-label="Compare"
      value={view.compare ?? ''}
      title="Compare (x)"
      onChange={({ target }) =>
        go(
          compared(
            view,
            COMPARES.find((name) => name === target.value),
          ),
        )
      }
    >
      <option value="">No comparison</option>
      {COMPARES.map((name) => (
        <option key={name} value={name}>
          Against {COMPARE_NAMES[name]}
        </option>
      ))}
    </select>
  );
}

/** Chooses the zone of every time, in this view and those that name none. The figures do not wait for the other 400. */
export function ZoneSelect({ view, zone }: { view: View; zone: string }): ReactNode {
  const [others, setOthers] = useState<readonly string[]>([]);
  useEffect(() => startTransition(() => setOthers(Intl.supportedValuesOf('timeZone'))), []);
  const zones = useMemo(() => [...new Set([localZone(), 'UTC', zone, ...others])], [zone, others]);
  return (
    <label className="zone">
      <span>Time zone</span>
      <select
        value={zone}
        onChange={({ target }) => {
          chooseZone(target.value);
          go({ ...view, timezone: target.value });
        }}
      >
        {zones.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}
