/** The ids of accepted events from the moment they are taken until ClickHouse has them. */

/**
 * More ids than this, or more characters of them, are not kept: later repeats are then found when their batch is sealed,
 * not when they are sent.
 */
const MOST_IDS = 1_000_000;
const MOST_CHARACTERS = 64_000_000;

/** Settles with the number of the log's segment that holds the event, or rejects when the event was not accepted. */
export type Acceptance = Promise<number>;

export class WaitingIds {
  private readonly acceptances = new Map<string, Acceptance>();
  private readonly bySegment = new Map<number, string[][]>();
  private characters = 0;

  /** The acceptance of an event with this name that came before, if it still waits. */
  find(name: string): Acceptance | undefined {
    return this.acceptances.get(name);
  }

  /** Keeps names until their segment is delivered; they are forgotten at once when they are not accepted. */
  add(names: string[], acceptance: Acceptance): void {
    if (names.length === 0 || this.acceptances.size + names.length > MOST_IDS) return;
    const characters = charactersOf(names);
    if (this.characters + characters > MOST_CHARACTERS) return;
    this.characters += characters;
    for (const name of names) this.acceptances.set(name, acceptance);
    acceptance.then(
      (segment) => this.bySegment.set(segment, [...(this.bySegment.get(segment) ?? []), names]),
      () => this.forget(names),
    );
  }

  /** ClickHouse has every event up to this segment. */
  delivered(segment: number): void {
    for (const [number, groups] of this.bySegment) {
      if (number > segment) continue;
      for (const names of groups) this.forget(names);
      this.bySegment.delete(number);
    }
  }

  private forget(names: readonly string[]): void {
    this.characters -= charactersOf(names);
    for (const name of names) this.acceptances.delete(name);
  }
}

function charactersOf(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + name.length, 0);
}
