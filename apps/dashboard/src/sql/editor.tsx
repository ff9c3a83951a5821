/** A text area that shows line numbers and colours; everything else of it is the browser's. */
import { type KeyboardEvent, type ReactNode, type RefObject, useMemo, useRef } from 'react';
import { indent } from './edits';
import { tokensOf } from './highlight';

interface Props {
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  onChange: (text: string) => void;
  onRun: () => void;
  /** The id of what says why the statement did not run. */
  describedBy: string | undefined;
}

export function Editor({ area, text, onChange, onRun, describedBy }: Props): ReactNode {
  // After Escape the Tab key leaves the editor, as everywhere else.
  const leaving = useRef(false);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onRun();
    } else if (event.key === 'Tab' && plain && !leaving.current) {
      event.preventDefault();
      indent(event.currentTarget, event.shiftKey);
    }
    if (event.key !== 'Shift') leaving.current = event.key === 'Escape';
  };
  return (
    <div className="editor">
      <Painted text={text} />
      <textarea
        ref={area}
        aria-label="SQL statement"
        aria-describedby={describedBy === undefined ? 'editor-keys' : `editor-keys ${describedBy}`}
        aria-invalid={describedBy !== undefined}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        rows={lineCount(text)}
        value={text}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => (leaving.current = false)}
      />
    </div>
  );
}

/** At least as many lines as invite to write. */
function lineCount(text: string): number {
  return Math.max(6, text.split('\n').length + 1);
}

/** The same text below the text area, which is transparent. */
function Painted({ text }: { text: string }): ReactNode {
  const tokens = useMemo(() => tokensOf(text), [text]);
  const lines = useMemo(
    () => Array.from({ length: text.split('\n').length }, (_, index) => index + 1).join('\n'),
    [text],
  );
  return (
    <>
      <pre className="line-numbers" aria-hidden="true">
        {lines}
      </pre>
      <pre className="painted" aria-hidden="true">
        {tokens.map(({ kind, text: piece }, index) =>
          kind === 'plain' ? (
            piece
          ) : (
            <span key={index} className={kind}>
              {piece}
            </span>
          ),
        )}
        {'\n'}
      </pre>
    </>
  );
}
