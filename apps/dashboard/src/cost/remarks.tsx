/** What of a bill takes a word: requests without a price, and changes after the period was closed. */
import type { ReactNode } from 'react';
import type { Cost } from '../api/use-cost';
import { count, dayAndTime } from '../format/format';
import { money } from '../format/money';

const REASONS: Record<Cost['unpriced'][number]['reason'], string> = {
  free_status: 'their status is free',
  no_price: 'no price of the plan is for them',
  no_plan: 'the account had no plan then',
};

export function Remarks({ cost }: { cost: Cost }): ReactNode {
  const { unpriced, closed } = cost;
  return (
    <>
      {unpriced.length > 0 && (
        <section className="panel" aria-label="Without a price">
          <h2>Without a price</h2>
          <ul className="plain">
            {unpriced.map(({ reason, requests }) => (
              <li key={reason}>
                {count(requests)} requests: {REASONS[reason]}.
              </li>
            ))}
          </ul>
        </section>
      )}
      {closed && <Closed cost={cost} closed={closed} />}
    </>
  );
}

function Closed({ cost, closed }: { cost: Cost; closed: NonNullable<Cost['closed']> }): ReactNode {
  const { adjustments, currency, period } = cost;
  return (
    <section className="panel" aria-label="Since the period was closed">
      <h2>Since the period was closed</h2>
      <p>
        Closed {dayAndTime(Date.parse(closed.at), period.timezone)} at {money(closed.total, currency)}, with{' '}
        {count(closed.requests)} requests.
        {adjustments.length === 0 && ' Nothing has changed since.'}
      </p>
      {adjustments.length > 0 && (
        <table className="bill">
          <thead>
            <tr>
              <th scope="col">Noticed</th>
              <th scope="col">Requests</th>
              <th scope="col">Amount</th>
            </tr>
          </thead>
          <tbody>
            {adjustments.map(({ at, requests, amount }) => (
              <tr key={at}>
                <th scope="row">{dayAndTime(Date.parse(at), period.timezone)}</th>
                <td>{count(requests)}</td>
                <td>{money(amount, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
