/** A link to a view: a click stays in the page, and a new tab opens it as any link. */
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';
import { go } from '../state/use-view';
import { type View, formatView } from '../state/view';

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  view: View;
  /** Before the view changes. */
  onOpen?: () => void;
}

export function ViewLink({ view, onOpen, ...rest }: Props): ReactNode {
  const open = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen?.();
    go(view);
  };
  return <a {...rest} href={formatView(view)} onClick={open} />;
}
