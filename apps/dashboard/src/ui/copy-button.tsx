import { type ReactNode, useEffect, useState } from 'react';

interface Props {
  text: string;
  /** Of the button; what it copies, for somebody who does not see the text beside it. */
  label?: string;
  onCopied?: () => void;
}

const SHOWN_MS = 2_000;

/** Copies a text to the clipboard, and says whether it did. */
export function CopyButton({ text, label = 'Copy', onCopied }: Props): ReactNode {
  const [result, setResult] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (result === null) return;
    const timer = setTimeout(() => setResult(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setResult('copied');
      onCopied?.();
    } catch {
      // Of a page without TLS, or where the browser does not allow it.
      setResult('failed');
    }
  };
  const shown = { copied: 'Copied ✓', failed: 'Select it and copy by hand' };
  return (
    <button type="button" className="copy" onClick={() => void copy()}>
      <span aria-live="polite">{result === null ? label : shown[result]}</span>
    </button>
  );
}
