/** A read of the storage that is made when it is needed, and again when it is due. */
export interface Read {
  /** When it last began, in epoch milliseconds. */
  at: number;
  /** Whether it ever succeeded. */
  isDone: boolean;
}

/** The names of an account's endpoints, methods or error types on one UTC day. */
export class DayNames {
  /** The read of the day's names. */
  readonly stored: Read = { at: -Infinity, isDone: false };
  /** The read of the usual names. */
  readonly before: Read = { at: -Infinity, isDone: false };
  private readonly names = new Set<string>();
  private usual: ReadonlySet<string> = new Set();

  constructor(readonly accountId: string) {}

  /** How many names are in memory. */
  get size(): number {
    return this.names.size + this.usual.size;
  }

  /** Whether so many names beside the day's are more than the limit. */
  isPast(limit: number, more: number): boolean {
    return this.names.size + more > limit;
  }

  has(name: string): boolean {
    return this.names.has(name);
  }

  add(name: string): void {
    this.names.add(name);
  }

  /** Those that go on under their own past the limit. */
  setUsual(names: ReadonlySet<string>): void {
    this.usual = names;
  }

  /** Takes a name in, and says whether it has a row of its own. */
  admit(name: string, limit: number): boolean {
    if (this.isPast(limit, 1) && !this.usual.has(name)) return false;
    this.names.add(name);
    return true;
  }
}
