/** The ids that an import gives its events, so that a line counts once however often and in whatever company it comes. */
import { hash } from 'node:crypto';

/** Different lines for which equal ones are recognised; about 60 bytes each, and twice as many are held at most. */
const RECENT_LINES = 500_000;

/**
 * An id is made from what the line says, its place among equal lines, and the source of the log. What a line says
 * holds its time, so only lines of the same time are equal. Neither its number nor the name of its file has a part
 * in it: `n` equal lines have the same `n` ids in whatever order, company and part of a log they come.
 *
 * Equal lines are recognised over at least `RECENT_LINES` different ones. Farther apart they may get the same id, and
 * then count once: nothing ever counts more often than it stands in the log.
 */
export class LineIds {
  /** How often each line came, by the start of its hash: the last lines, and those before them. */
  private recent = new Map<string, number>();
  private before = new Map<string, number>();

  /** @param source a name for logs whose equal lines are different requests; '' by default */
  constructor(
    private readonly source: string,
    private readonly recentLines = RECENT_LINES,
  ) {}

  /** The id of the next line. @param content what the line says, as `ParsedEvent.content` has it */
  next(content: string): string {
    const digest = hash('sha256', `${this.source}\0${content}`, 'base64url');
    const place = this.count(digest.slice(0, 11));
    const id = `log_${digest.slice(0, 22)}`;
    return place === 1 ? id : `${id}-${place}`;
  }

  private count(key: string): number {
    const place = (this.recent.get(key) ?? this.before.get(key) ?? 0) + 1;
    if (this.recent.size >= this.recentLines && !this.recent.has(key)) {
      this.before = this.recent;
      this.recent = new Map();
    }
    this.recent.set(key, place);
    return place;
  }
}
