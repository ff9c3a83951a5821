import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useSettled } from './use-settled';

interface Props {
  label: string;
  /** What is searched for, as the address says. */
  value: string;
  /** After a pause in typing. */
  onSearch: (text: string) => void;
}

/** A search that asks when one pauses. */
export function SearchField({ label, value, onSearch }: Props): ReactNode {
  const [typed, setTyped] = useState(value);
  const settled = useSettled(typed);
  const latest = useRef({ value, onSearch });
  useEffect(() => {
    latest.current = { value, onSearch };
  });
  useEffect(() => {
    if (settled.trim() !== latest.current.value) latest.current.onSearch(settled.trim());
  }, [settled]);
  // Another address, as by the back button.
  useEffect(() => setTyped((text) => (text.trim() === value ? text : value)), [value]);
  return (
    <label className="search">
      <span className="hidden">{label}</span>
      <input
        type="search"
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
    </label>
  );
}
