/**
 * What does not wait for the rest of the page, and so is imported first: the key is taken out of the address before anything
 * else sees it, and the service answers the first questions while the browser reads the page's script.
 */
import { queryClient } from './api/query-client';
import { currentKey, takeKeyFromAddress } from './api/session';
import { ME } from './api/use-me';
import { usageOptions } from './api/use-usage';
import { preferredZone } from './state/preferences';
import { parseView } from './state/view';

/** Screens that show the usage of their view, whatever it is. */
const ASKED_AT_ONCE = ['', 'errors', 'latency'];

takeKeyFromAddress();
if (currentKey() !== null) {
  const view = parseView(window.location.pathname, window.location.search);
  void queryClient.prefetchQuery(ME);
  if (ASKED_AT_ONCE.includes(view.screen)) {
    void queryClient.prefetchQuery(usageOptions(view, view.timezone ?? preferredZone()));
  }
}
