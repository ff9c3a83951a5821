import type { ReactNode } from 'react';
import { CopyButton } from './copy-button';

interface Props {
  title: string;
  text: string;
  /** Beside the button that copies it. */
  children?: ReactNode;
}

/** A text to be taken elsewhere. */
export function Snippet({ title, text, children }: Props): ReactNode {
  return (
    <section className="snippet" aria-label={title}>
      <div className="snippet-head">
        <h3>{title}</h3>
        {children}
        <CopyButton text={text} />
      </div>
      <pre tabIndex={0} role="region" aria-label={`${title}, as text`}>
        {text}
      </pre>
    </section>
  );
}
