import type { ReactNode } from 'react';
import { METRIC_INFO } from '../overview/metrics';
import { METRICS } from '../state/view';
import { Dialog } from '../ui/dialog';
import { PERIODS } from './periods';

const OTHERS = [
  { key: 'c', name: 'Custom period' },
  { key: 'x', name: 'Compare: the period before, the same weekdays, nothing' },
  { key: 'g', name: 'Next granularity' },
  { key: 'l', name: 'Logarithmic scale of latency' },
  { key: 'z', name: 'Local time zone or UTC' },
  { key: 't', name: 'Theme: system, light, dark' },
  { key: 'Esc', name: 'One step back' },
  { key: '?', name: 'This list' },
];

/** All keys. */
export function Help({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <div className="keys">
        <List title="Period" items={PERIODS} />
        <List
          title="Chart"
          items={METRICS.map((metric, index) => ({ key: `${index + 1}`, name: METRIC_INFO[metric].label }))}
        />
        <List title="View" items={OTHERS} />
        <List
          title="In the chart"
          items={[
            { key: '← →', name: 'Move through the buckets' },
            { key: 'PgUp PgDn', name: 'Move by a tenth' },
            { key: 'Home End', name: 'To the first, to the last' },
            { key: 'Shift ← →', name: 'Select buckets' },
            { key: 'Enter', name: 'Zoom to the selection' },
          ]}
        />
      </div>
    </Dialog>
  );
}

function List({ title, items }: { title: string; items: readonly { key: string; name: string }[] }): ReactNode {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {items.map(({ key, name }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{name}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
