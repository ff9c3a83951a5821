/** What a plan is; `readPlan` makes one of what a client sent. Money is a decimal string. */

/** A count, weight or percentage: as it was sent, a number of at most 12 digits and 12 decimals, or the same as text. */
export type Quantity = number | string;

export const UNITS = ['requests', 'megabytes'] as const;
/** What is counted: requests, or the bytes of requests and responses in megabytes of 1,000,000 bytes. */
export type Unit = (typeof UNITS)[number];

/**
 * - `unit`: each unit costs the same.
 * - `graduated`: each unit costs what its own tier says.
 * - `volume`: all units cost what the tier that was reached says.
 * - `package`: each started package costs the same.
 */
export const MODELS = ['unit', 'graduated', 'volume', 'package'] as const;
export type Model = (typeof MODELS)[number];

/** From above the `upTo` of the tier before, up to and including its own. */
export interface Tier {
  /** Units; null: no end. Only the last tier has none. */
  upTo: Quantity | null;
  /** What a unit costs; with the model `package` what a package costs. */
  unitAmount: string;
  /** Added once as soon as a unit falls into the tier. */
  flatAmount: string;
}

/** Which requests a price is for; what is empty matches all. */
export interface Match {
  /** Names of endpoints; with * at the end all that begin so. */
  endpoint: string[];
  method: string[];
  /** Codes, or classes such as 5xx. */
  statusCode: string[];
}

export interface Price {
  id: string;
  name: string;
  match: Match;
  unit: Unit;
  /** How many units a request or a megabyte is. */
  weight: Quantity;
  model: Model;
  /** Units of a period that cost nothing, before the tiers begin. */
  includedUnits: Quantity;
  /** Units of a package; null with other models. */
  packageSize: Quantity | null;
  tiers: Tier[];
}

/** What a version of a plan says. */
export interface Plan {
  name: string;
  currency: string;
  /** The zone in which periods begin. */
  timezone: string;
  /** The day of the month on which a period begins; the last one in months that are shorter. */
  anchorDay: number;
  /** Of a period. */
  flatFee: string;
  prices: Price[];
  /** Codes or classes of statuses that cost nothing. */
  freeStatuses: string[];
  /** Of what the prices come to, not of the flat fee. */
  discountPercent: Quantity;
  /** What a period costs at least; null: nothing. */
  minimum: string | null;
  /** What a period costs at most, before the minimum; null: no limit. */
  maximum: string | null;
}
