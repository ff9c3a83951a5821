/** The types of channels in words. */
import type { ChannelType } from '../api/use-channels';

export const TYPE_LABELS: Readonly<Record<ChannelType, string>> = {
  webhook: 'Webhook',
  slack: 'Slack',
  pagerduty: 'PagerDuty',
  email: 'Mail',
  alertmanager: 'Alertmanager',
};

interface Target {
  label: string;
  hint: string;
  example: string;
}

/** What the target of each is. */
export const TARGETS: Readonly<Record<ChannelType, Target>> = {
  webhook: {
    label: 'URL',
    hint: 'Takes POST with JSON, signed as Standard Webhooks say. User and password in it go as Basic authorization.',
    example: 'https://example.com/hooks/meterhouse',
  },
  slack: {
    label: 'URL of the incoming webhook',
    hint: 'Or of what takes the same messages.',
    example: 'https://hooks.slack.com/services/…',
  },
  pagerduty: {
    label: 'Integration key',
    hint: 'Of Events API v2: 32 letters and digits.',
    example: '',
  },
  email: {
    label: 'Addresses',
    hint: '1 to 10, with commas between them.',
    example: 'ops@example.com, lead@example.com',
  },
  alertmanager: {
    label: 'Its address',
    hint: 'Without /api/v2/alerts.',
    example: 'https://alertmanager.example.com',
  },
};
