/** Progress for people: a bar on a terminal, a line every five seconds in a log. Written to standard error. */
import { Presets, SingleBar } from 'cli-progress';

/** Milliseconds between two lines where there is no terminal. */
const LINE_EVERY = 5_000;

export interface Progress {
  /** @param total what `update` will reach, or null when nobody knows */
  start(label: string, total: number | null): void;
  /** @param detail what to show beside the share that is done, such as "12,000 lines" */
  update(done: number, detail: string): void;
  stop(): void;
}

/** The kind of progress that fits where the text goes. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? new BarProgress(stream) : new LineProgress((line) => void stream.write(`${line}\n`));
}

/** A whole number with thousands separated, as everything here prints them. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

class BarProgress implements Progress {
  private bar: SingleBar | null = null;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  start(label: string, total: number | null): void {
    const share = total === null ? '' : ' {bar} {percentage}%';
    const options = { stream: this.stream, hideCursor: true, format: `${label}${share}  {detail}` };
    this.bar = new SingleBar(options, Presets.shades_classic);
    this.bar.start(total ?? 1, 0, { detail: '' });
  }

  update(done: number, detail: string): void {
    this.bar?.update(done, { detail });
  }

  stop(): void {
    this.bar?.stop();
    this.bar = null;
  }
}

/** For logs; `now` (epoch milliseconds) is replaced in tests. */
export class LineProgress implements Progress {
  private label = '';
  private total: number | null = null;
  private last = 0;

  constructor(
    private readonly print: (line: string) => void,
    private readonly now: () => number = Date.now,
  ) {}

  start(label: string, total: number | null): void {
    this.label = label;
    this.total = total;
    this.last = this.now();
  }

  update(done: number, detail: string): void {
    if (this.now() - this.last < LINE_EVERY) return;
    this.last = this.now();
    const share = this.total === null || this.total === 0 ? '' : ` ${Math.floor((100 * done) / this.total)}%`;
    this.print(`${this.label}${share}: ${detail}`);
  }

  stop(): void {
    // A log keeps its lines: there is nothing to clear.
  }
}
