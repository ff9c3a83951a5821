/** The figures on the screen, for the buttons of their panels. */
import { createContext } from 'react';
import type { Usage } from '../api/client';
import type { View } from '../state/view';

export interface Shown {
  view: View;
  usage: Usage;
}

export const ShownUsage = createContext<Shown | null>(null);
