import type { ReactNode } from 'react';
import type { Cost } from '../api/use-cost';
import { count } from '../format/format';
import { money } from '../format/money';

/** The figures of a period, one beside the other. */
export function CostTiles({ cost }: { cost: Cost }): ReactNode {
  const { currency, total, projected, byKey, waste, period } = cost;
  const requests = byKey.reduce((sum, row) => sum + Number(row.requests), 0);
  const amount = (value: string): string => money(value, currency);
  return (
    <dl className="tiles cost-tiles">
      <Figure label={period.complete ? 'Total' : 'Total so far'} figure={amount(total)} />
      {!period.complete && (
        <Figure
          label="Expected at its end"
          figure={projected ? amount(projected.expected) : '–'}
          note={
            projected
              ? `${amount(projected.low)} to ${amount(projected.high)} in 8 of 10 cases`
              : 'Nothing can be expected: too little is known, a filter is set, or the plan changes.'
          }
        />
      )}
      <Figure label="Requests" figure={count(requests)} />
      <Figure
        label="Cost of failed requests"
        figure={amount(waste.errors.amount)}
        note={`${count(waste.errors.requests)} of them`}
      />
      <Figure
        label="Cost of throttled requests"
        figure={amount(waste.throttled.amount)}
        note={`${count(waste.throttled.requests)} of them`}
      />
    </dl>
  );
}

function Figure({ label, figure, note }: { label: string; figure: string; note?: string }): ReactNode {
  return (
    <div className="tile">
      <dt className="label">{label}</dt>
      <dd className="figure">{figure}</dd>
      {note && <dd className="change">{note}</dd>}
    </div>
  );
}
