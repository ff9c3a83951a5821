/** One of a few values, as a row of buttons. */
import type { ReactNode } from 'react';

interface Props<T extends string> {
  label: string;
  options: readonly { value: T; label: string; hint?: string }[];
  chosen: T | null;
  onChoose: (value: T) => void;
}

export function Choice<T extends string>({ label, options, chosen, onChoose }: Props<T>): ReactNode {
  return (
    <div className="choice" role="group" aria-label={label}>
      {options.map(({ value, label: text, hint }) => (
        <button key={value} type="button" aria-pressed={value === chosen} title={hint} onClick={() => onChoose(value)}>
          {text}
        </button>
      ))}
    </div>
  );
}
