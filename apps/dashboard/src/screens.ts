/** The screens of the dashboard. A new one is a line here; what it shows is in the view that it is given. */
import type { ComponentType } from 'react';
import { Errors } from './errors/errors';
import { Latency } from './latency/latency';
import { Overview } from './overview/overview';
import type { View } from './state/view';

export interface ScreenProps {
  view: View;
  /** The zone of every time on the screen. */
  zone: string;
}

export interface Screen {
  /** Below `/app/`. */
  path: string;
  title: string;
  component: ComponentType<ScreenProps>;
}

export const SCREENS: readonly Screen[] = [
  { path: '', title: 'Overview', component: Overview },
  { path: 'latency', title: 'Latency', component: Latency },
  { path: 'errors', title: 'Errors', component: Errors },
];
