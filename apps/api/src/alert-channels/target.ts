/** Targets of channels: what is a good one of each type, and what answers show of it. */
import { MAX_CHANNEL_ADDRESSES, MAX_TARGET_LENGTH, type ChannelType } from './channel';
import { addressesOf } from './senders/email';

/** What is wrong with a target; null where nothing is. @example targetProblem('slack', 'ftp://x') === 'a URL that …' */
export function targetProblem(type: ChannelType, target: string): string | null {
  switch (type) {
    case 'webhook':
    case 'slack':
    case 'alertmanager':
      return isHttpUrl(target) ? null : 'a URL that begins with https:// or http://, without a fragment';
    case 'pagerduty':
      return /^[A-Za-z0-9]{32}$/.test(target)
        ? null
        : 'the 32 letters and digits of an integration key of Events API v2';
    case 'email':
      return areAddresses(target) ? null : `1 to ${MAX_CHANNEL_ADDRESSES} mail addresses with commas between them`;
  }
}

/** The target without what is secret in it. @example shownTarget('slack', url) === 'https://hooks.slack.com/…' */
export function shownTarget(type: ChannelType, target: string): string {
  switch (type) {
    case 'webhook':
    case 'alertmanager': {
      const { origin, pathname, search } = new URL(target);
      return `${origin}${pathname}${search === '' ? '' : '?…'}`;
    }
    case 'slack':
      return `${new URL(target).origin}/…`;
    case 'pagerduty':
      return `…${target.slice(-4)}`;
    case 'email':
      return addressesOf(target).join(', ');
  }
}

function isHttpUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s#]+$/i.test(text) || !URL.canParse(text)) return false;
  return new URL(text).hostname !== '';
}

function areAddresses(target: string): boolean {
  const addresses = addressesOf(target);
  return addresses.length <= MAX_CHANNEL_ADDRESSES && addresses.every((address) => isAddress(address));
}

/** What every mail server takes, without names and comments, which could hold more addresses. */
function isAddress(text: string): boolean {
  return (
    text.length <= MAX_TARGET_LENGTH &&
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(text)
  );
}
