/** What is handed to others opens the same figures, and says nothing that the token does not. */
import { parseView } from '../state/view';
import { frameOf, linkOf } from './links';

const ORIGIN = 'https://usage.example.com';
const TOKEN = 'mht_abc.def';
const view = parseView('/app/errors', '?account=acme&timeframe=7d&endpoint=/v1/a"b&statusCode=5xx');

it('is the view in its zone, without the account, with the token where no server sees it', () => {
  const { pathname, search, hash, origin } = new URL(linkOf(view, 'Asia/Kolkata', TOKEN, ORIGIN));
  const { account: _, ...rest } = view;
  expect(parseView(pathname, search)).toEqual({ ...rest, timezone: 'Asia/Kolkata' });
  expect([origin, hash]).toEqual([ORIGIN, `#token=${TOKEN}`]);
});

it.each(['dark', null] as const)('is a frame of the same view, theme %s', (theme) => {
  const html = frameOf(view, 'UTC', TOKEN, ORIGIN, theme);
  expect(html.match(/"/g)).toHaveLength(8);
  const source = /src="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const { pathname, search, hash } = new URL(source);
  const { account: _, ...rest } = view;
  expect(parseView(pathname, search)).toEqual({ ...rest, timezone: 'UTC', embed: theme ? { theme } : {} });
  expect([pathname, hash]).toEqual(['/embed/errors', `#token=${TOKEN}`]);
});
