import { Injectable } from '@nestjs/common';

/** What parts of the service say of themselves: any trouble makes `GET /health/ready` answer 503. */
@Injectable()
export class Readiness {
  private readonly troubles = new Map<string, string>();

  /** `trouble` in a few words that show nothing internal, or null when the part is well. */
  report(part: string, trouble: string | null): void {
    if (trouble === null) this.troubles.delete(part);
    else this.troubles.set(part, trouble);
  }

  /** The first trouble, or null. */
  trouble(): string | null {
    return [...this.troubles.values()][0] ?? null;
  }
}
