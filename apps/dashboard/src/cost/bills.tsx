/** The bill line by line, beside that of another plan. */
import type { ReactNode } from 'react';
import type { Cost } from '../api/use-cost';
import { count } from '../format/format';
import { isZero, minus, money } from '../format/money';

interface Props {
  cost: Cost;
  /** By the plan that is compared with. */
  other: Cost | undefined;
  /** Whether filters leave a share of the lines. */
  isShare: boolean;
}

export function Bills({ cost, other, isShare }: Props): ReactNode {
  return (
    <>
      {other && <Verdict cost={cost} other={other} />}
      <div className="bills">
        <Bill cost={cost} isShare={isShare} />
        {other && <Bill cost={other} isShare={isShare} />}
      </div>
    </>
  );
}

function Verdict({ cost, other }: { cost: Cost; other: Cost }): ReactNode {
  if (cost.currency !== other.currency) {
    return (
      <p className="banner" role="status">
        {cost.plan.name} is in {cost.currency}, {other.plan.name} in {other.currency}: their totals cannot be compared.
      </p>
    );
  }
  const difference = minus(other.total, cost.total);
  const amount = money(difference.replace('-', ''), cost.currency);
  const what = isZero(difference) ? 'the same' : `${amount} ${difference.startsWith('-') ? 'less' : 'more'}`;
  return (
    <p className="banner" role="status">
      {other.plan.name} would have cost {what}
      {cost.period.complete ? '.' : ' so far.'}
    </p>
  );
}

function Bill({ cost, isShare }: { cost: Cost; isShare: boolean }): ReactNode {
  const { plan, lines, currency, flatFee, discount, maximumCut, minimumTopUp, total } = cost;
  const amount = (value: string): string => money(value, currency);
  const rest = [
    { label: 'Flat fee', value: flatFee, sign: '' },
    { label: 'Discount', value: discount, sign: '−' },
    { label: 'Above the maximum', value: maximumCut, sign: '−' },
    { label: 'Up to the minimum', value: minimumTopUp, sign: '' },
  ].filter(({ value }) => !isZero(value));
  return (
    <section className="panel" aria-label={`Bill of ${plan.name}`}>
      <h2>{plan.name}</h2>
      <table className="bill">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Units</th>
            <th scope="col">Included</th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ priceId, name, units, includedUnits, amount: line }) => (
            <tr key={priceId}>
              <th scope="row">{name}</th>
              <td>{count(units)}</td>
              <td>{count(includedUnits)}</td>
              <td>{amount(line)}</td>
            </tr>
          ))}
          {rest.map(({ label, value, sign }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td />
              <td />
              <td>
                {sign}
                {amount(value)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            <td />
            <td />
            <td>{amount(total)}</td>
          </tr>
        </tfoot>
      </table>
      {isShare && (
        <p className="note">What the filters leave of each line; the flat fee, minimum and maximum are left out.</p>
      )}
    </section>
  );
}
