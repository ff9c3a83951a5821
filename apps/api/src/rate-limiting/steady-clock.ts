import { Clock, floorTo } from '@meterhouse/common';

/**
 * The time that calls are counted by. It follows the clock, but where that is set back it goes on from where it was, as
 * fast as time passes: a window that is used up is not begun anew, and ends when it would have ended.
 *
 * Set back within a minute the clock is followed, for that changes no window.
 */
export class SteadyClock extends Clock {
  private last = { at: -Infinity, elapsed: 0 };

  /**
   * @param wall the clock that may be set
   * @param elapsed milliseconds since some instant; never set
   */
  constructor(
    readonly wall: Clock,
    private readonly elapsed = () => performance.now(),
  ) {
    super();
  }

  now(): number {
    const [wall, elapsed] = [this.wall.now(), this.elapsed()];
    const goneOn = this.last.at + (elapsed - this.last.elapsed);
    const isSetBack = wall < this.last.at && floorTo('minute', wall) !== floorTo('minute', this.last.at);
    this.last = { at: isSetBack ? goneOn : wall, elapsed };
    return this.last.at;
  }
}
