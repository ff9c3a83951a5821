/** From a call of the service to the view that shows the same. */
import { type View, parseView } from './view';

/**
 * The overview of a call of `GET /usage`, in the zone of the view that leads there.
 * @param call path and query
 */
export function viewOf(call: string, { timezone }: View): View {
  const query = new URLSearchParams(call.slice(call.indexOf('?')));
  const account = query.get('accountId');
  if (account !== null) query.set('account', account);
  if (timezone) query.set('timezone', timezone);
  return parseView('/app', query.toString());
}
