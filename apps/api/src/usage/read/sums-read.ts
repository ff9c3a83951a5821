/** What the sums of a window are read for. */
import type { AccountScope } from '../../auth/key';
import type { Filters } from '../request/filters';
import type { Window } from '../request/window';
import type { Page } from './breakdown-rows';
import type { Sorting } from './sql/breakdown.sql';

/** The request of `SumsReader.sums`. */
export interface SumsRead {
  scope: AccountScope;
  filters: Filters;
  window: Window;
  withLatency: boolean;
  sorting: Sorting;
  /** The page of endpoints; null: neither it nor methods and keys are wanted. */
  page: Page | null;
  /** Whether the endpoints and types of failures are wanted. */
  withErrors: boolean;
}
