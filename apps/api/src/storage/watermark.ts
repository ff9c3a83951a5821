import { Injectable } from '@nestjs/common';

/** How far ingest has come, for those who read: kept by the writer, which knows what waits. */
@Injectable()
export class Watermark {
  private oldestWaiting: () => number | null = () => null;

  /** @param oldestWaiting when the oldest event that does not show yet was accepted; null when none waits */
  follow(oldestWaiting: () => number | null): void {
    this.oldestWaiting = oldestWaiting;
  }

  /** Epoch milliseconds: every event accepted before shows. Null when nothing waits. */
  at(): number | null {
    return this.oldestWaiting();
  }
}
