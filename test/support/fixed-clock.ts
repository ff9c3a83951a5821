import { Clock } from '@meterhouse/common';

/** A clock that stands still until the test moves it. */
export class FixedClock extends Clock {
  constructor(public at: number) {
    super();
  }

  now(): number {
    return this.at;
  }
}
