/** The screens of the dashboard. A new one is a line here; what it shows is in the view that it is given. */
import { type ComponentType, lazy } from 'react';
import { Overview } from './overview/overview';
import type { Requirements } from './shell/access';
import type { View } from './state/view';

export interface ScreenProps {
  view: View;
  /** The zone of every time on the screen. */
  zone: string;
}

export const SCREEN_GROUPS = ['usage', 'advice', 'money', 'manage'] as const;
export type ScreenGroup = (typeof SCREEN_GROUPS)[number];

export interface Screen extends Requirements {
  /** Below `/app/`. */
  path: string;
  title: string;
  /** Where it stands in the navigation; null: other screens lead to it. */
  group: ScreenGroup | null;
  /** Whether it is about no period, and so shows no controls of it. */
  timeless?: true;
  /** Whether it is for who works with the service alone, and so is not shared. */
  internal?: true;
  /** The script of every screen but the first is loaded when it is opened. */
  component: ComponentType<ScreenProps>;
}

export const SCREENS: readonly Screen[] = [
  { path: '', title: 'Overview', group: 'usage', component: Overview },
  {
    path: 'latency',
    title: 'Latency',
    group: 'usage',
    component: lazy(async () => ({ default: (await import('./latency/latency')).Latency })),
  },
  {
    path: 'errors',
    title: 'Errors',
    group: 'usage',
    component: lazy(async () => ({ default: (await import('./errors/errors')).Errors })),
  },
  {
    path: 'endpoint',
    title: 'Endpoint',
    group: null,
    component: lazy(async () => ({ default: (await import('./detail/screens')).EndpointPage })),
  },
  {
    path: 'key',
    title: 'Key',
    group: null,
    component: lazy(async () => ({ default: (await import('./detail/screens')).KeyPage })),
  },
  {
    path: 'error',
    title: 'Error type',
    group: null,
    component: lazy(async () => ({ default: (await import('./detail/screens')).ErrorPage })),
  },
  {
    path: 'live',
    title: 'Live',
    group: 'usage',
    timeless: true,
    component: lazy(async () => ({ default: (await import('./live/live')).Live })),
  },
  {
    path: 'alerts',
    internal: true,
    title: 'Alerts',
    group: 'advice',
    timeless: true,
    component: lazy(async () => ({ default: (await import('./alerts/alerts')).Alerts })),
  },
  {
    path: 'advice',
    internal: true,
    title: 'Advice',
    group: 'advice',
    component: lazy(async () => ({ default: (await import('./advice/advice')).Advice })),
  },
  {
    path: 'alerts/rules',
    internal: true,
    title: 'Alert rules',
    group: null,
    timeless: true,
    component: lazy(async () => ({ default: (await import('./rules/rules')).Rules })),
  },
  {
    path: 'alerts/channels',
    internal: true,
    title: 'Alert channels',
    group: null,
    timeless: true,
    component: lazy(async () => ({ default: (await import('./channels/channels')).Channels })),
  },
  {
    path: 'alerts/silences',
    internal: true,
    title: 'Silences',
    group: null,
    timeless: true,
    component: lazy(async () => ({ default: (await import('./alerts/silences')).Silences })),
  },
  {
    path: 'cost',
    title: 'Cost',
    group: 'money',
    timeless: true,
    component: lazy(async () => ({ default: (await import('./cost/cost')).CostScreen })),
  },
  {
    path: 'capacity',
    title: 'Capacity',
    group: 'money',
    timeless: true,
    component: lazy(async () => ({ default: (await import('./capacity/capacity')).Capacity })),
  },
  {
    path: 'plans',
    internal: true,
    title: 'Plans',
    group: 'money',
    needs: 'admin',
    timeless: true,
    component: lazy(async () => ({ default: (await import('./plans/plans')).Plans })),
  },
  {
    path: 'keys',
    title: 'Keys',
    group: 'manage',
    needs: 'keys:read',
    timeless: true,
    component: lazy(async () => ({ default: (await import('./keys/keys')).Keys })),
  },
  {
    path: 'sql',
    title: 'SQL',
    group: 'manage',
    needs: 'sql:read',
    feature: 'sql',
    timeless: true,
    component: lazy(async () => ({ default: (await import('./sql/sql')).Sql })),
  },
  {
    path: 'accounts',
    title: 'Accounts',
    group: 'manage',
    needs: 'admin',
    timeless: true,
    component: lazy(async () => ({ default: (await import('./accounts/accounts')).Accounts })),
  },
  {
    path: 'settings',
    title: 'Settings',
    group: 'manage',
    needs: null,
    timeless: true,
    component: lazy(async () => ({ default: (await import('./settings/settings')).Settings })),
  },
];
