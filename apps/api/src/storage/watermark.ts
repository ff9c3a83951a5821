import { Injectable } from '@nestjs/common';

/** Acceptance time of events that an earlier process left in the log. */
const UNKNOWN = 0;

/** How far ingest has come; reported by the writer, which knows what waits in which segment of its log. */
@Injectable()
export class Watermark {
  /** Acceptance time of the oldest event of each waiting segment, ascending by segment. */
  private readonly waiting = new Map<number, number>();
  private leftBehind = false;

  /** Notes events of an earlier process. They are delivered before any that is accepted now. */
  begin(leftBehind: boolean): void {
    this.leftBehind = leftBehind;
  }

  /** Events were accepted into a segment. */
  accepted(segment: number, at: number): void {
    if (!this.waiting.has(segment)) this.waiting.set(segment, this.leftBehind ? UNKNOWN : at);
    this.leftBehind = false;
  }

  /** Everything up to a segment is visible. @param nothingWaits whether the log is empty */
  delivered(segment: number, nothingWaits: boolean): void {
    if (nothingWaits) this.leftBehind = false;
    for (const number of this.waiting.keys()) if (number <= segment) this.waiting.delete(number);
  }

  /** Epoch milliseconds: every event accepted before is visible; 0 when that is not known. Null when nothing waits. */
  at(): number | null {
    if (this.leftBehind) return UNKNOWN;
    const [oldest] = this.waiting.values();
    return oldest ?? null;
  }
}
