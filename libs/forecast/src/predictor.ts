/** What a forecast is made from, and what makes one. */

/** A figure at equal steps of time, such as the requests of each hour. */
export interface Steps {
  /** Ascending by time, without gaps; none is negative. */
  values: ArrayLike<number>;
  /** The slot of the season that each step falls in, from 0; it goes on past the values into the time to come. */
  slots: ArrayLike<number>;
}

/** Predicts from a part of the past, as if nothing after it were known. */
export interface Predictor {
  /** How many steps it needs to predict anything. */
  readonly least: number;
  /**
   * @param end the number of steps that are known; at least `least`
   * @returns the expected value at the index `end + lead`; the lead begins with 0
   */
  fit(steps: Steps, end: number): (lead: number) => number;
}
