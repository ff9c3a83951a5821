/** What is handed to others: a link of a view with a token, and a frame of it. */
import { type EmbedTheme, type View, formatView } from '../state/view';

/**
 * The view as somebody else sees it: without the account, which the token says, and in the zone that is on the screen now.
 */
function sharedView({ account: _, ...view }: View, zone: string): View {
  return { ...view, timezone: zone };
}

/** @example linkOf(view, 'UTC', 'mht_…', 'https://usage.example.com') // 'https://usage.example.com/app?timezone=UTC#token=mht_…' */
export function linkOf(view: View, zone: string, token: string, origin: string): string {
  return `${origin}${formatView(sharedView(view, zone))}#token=${encodeURIComponent(token)}`;
}

/** A frame as HTML. @param theme null: that of whoever looks */
export function frameOf(view: View, zone: string, token: string, origin: string, theme: EmbedTheme | null): string {
  const link = linkOf({ ...view, embed: theme === null ? {} : { theme } }, zone, token, origin);
  return `<iframe\n  src="${escaped(link)}"\n  title="API usage"\n  loading="lazy"\n  style="width: 100%; height: 60rem; border: 0"\n></iframe>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
