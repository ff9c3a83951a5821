import type { ReactNode } from 'react';
import type { AdviceAnswer } from '../api/use-advice';
import { figureName, figureText } from './figures';

/** What is looked for, and from when on it is said. */
export function AdviceTypes({ types }: { types: AdviceAnswer['types'] }): ReactNode {
  return (
    <details className="panel">
      <summary>What is looked for</summary>
      <dl className="advice-types">
        {types.map(({ type, description, thresholds }) => (
          <div key={type}>
            <dt>{type.replaceAll('_', ' ')}</dt>
            <dd>
              {description}{' '}
              <span className="note">
                {Object.entries(thresholds)
                  .map(([name, value]) => `${figureName(name)} ${figureText(name, value, 'UTC')}`)
                  .join(' · ')}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
