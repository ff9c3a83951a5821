import { Injectable } from '@nestjs/common';

/**
 * What parts of the service say of themselves: any trouble makes `GET /health/ready` answer 503; a warning is in its answer
 * and waits for somebody to look, while the service does its work.
 */
@Injectable()
export class Readiness {
  private readonly troubles = new Map<string, string>();
  private readonly warned = new Map<string, string>();
  private readonly watched = new Map<string, () => string | null>();

  /** `trouble` in a few words that show nothing internal, or null when the part is well. */
  report(part: string, trouble: string | null): void {
    if (trouble === null) this.troubles.delete(part);
    else this.troubles.set(part, trouble);
  }

  /** `warning` in a few words that show nothing internal, or null when there is none any more. */
  warn(part: string, warning: string | null): void {
    if (warning === null) this.warned.delete(part);
    else this.warned.set(part, warning);
  }

  /** As `warn`, by what `read` returns each time somebody asks: for what passes by itself. */
  watch(part: string, read: () => string | null): void {
    this.watched.set(part, read);
  }

  get warnings(): string[] {
    const watched = [...this.watched.values()].map((read) => read()).filter((warning) => warning !== null);
    return [...this.warned.values(), ...watched];
  }

  /** The first trouble, or null. */
  trouble(): string | null {
    return [...this.troubles.values()][0] ?? null;
  }
}
