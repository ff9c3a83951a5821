/** Changes of the text in the editor that the browser can undo. */

/** Two spaces at the cursor, or before each selected line; with `out` they are taken away. */
export function indent(area: HTMLTextAreaElement, out: boolean): void {
  const { value, selectionStart, selectionEnd } = area;
  if (!out && selectionStart === selectionEnd) return insert(area, '  ');
  const first = value.lastIndexOf('\n', selectionStart - 1) + 1;
  const block = value.slice(first, selectionEnd);
  const changed = out ? block.replace(/^ {1,2}/gm, '') : block.replace(/^/gm, '  ');
  if (changed === block) return;
  area.setSelectionRange(first, selectionEnd);
  insert(area, changed);
  area.setSelectionRange(first, first + changed.length);
}

/** Puts text in place of the selection; the cursor stands behind it. */
export function insert(area: HTMLTextAreaElement, text: string): void {
  area.focus();
  document.execCommand('insertText', false, text);
}
