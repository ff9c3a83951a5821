/** What reconcile found, added up over its calls, and how it is shown. */
import { Answer } from '../answer';
import { table } from '../keys/table';
import { grouped } from '../progress';

/** Drifted rows shown of a level. */
const MOST_EXAMPLES = 5;

interface Level {
  bucketsCompared: number;
  bucketsDrifted: number;
  bucketsRepaired: number;
  requestsMissing: number;
  requestsExtra: number;
  examples: string[];
}

const COUNTS = ['bucketsCompared', 'bucketsDrifted', 'bucketsRepaired', 'requestsMissing', 'requestsExtra'] as const;
const HEADINGS = ['BUCKETS', 'DRIFTED', 'REPAIRED', 'MISSING', 'EXTRA'];

export class Drift {
  private readonly levels = new Map<string, Level>();

  /** Adds the answer of one `POST /admin/reconcile`. */
  add(answer: Answer): void {
    for (const found of answer.list('levels').map((item) => new Answer(item))) {
      const name = found.text('level');
      const level = this.levels.get(name) ?? emptyLevel();
      for (const count of COUNTS) level[count] += found.number(count);
      level.examples.push(...found.list('examples').map((row) => exampleLine(new Answer(row))));
      this.levels.set(name, level);
    }
  }

  get buckets(): number {
    return sum([...this.levels.values()].map((level) => level.bucketsDrifted));
  }

  /** Drifted buckets that are still wrong. */
  get left(): number {
    return this.buckets - sum([...this.levels.values()].map((level) => level.bucketsRepaired));
  }

  /** A row a level, and below it the first drifted rows of each. */
  toString(): string {
    const rows = [...this.levels].map(([name, level]) => [name, ...COUNTS.map((count) => grouped(level[count]))]);
    const examples = [...this.levels].flatMap(([name, { examples: lines }]) =>
      lines.slice(0, MOST_EXAMPLES).map((line) => `  ${name.padEnd(6)}  ${line}`),
    );
    const counts = table(['LEVEL', ...HEADINGS], rows, HEADINGS);
    return examples.length === 0 ? counts : [counts, '', 'Drifted rows, such as:', ...examples].join('\n');
  }
}

function emptyLevel(): Level {
  return {
    bucketsCompared: 0,
    bucketsDrifted: 0,
    bucketsRepaired: 0,
    requestsMissing: 0,
    requestsExtra: 0,
    examples: [],
  };
}

function exampleLine(row: Answer): string {
  const what = `${row.text('method')} ${row.text('endpoint')} ${row.number('statusCode')}`;
  const requests = `${grouped(row.number('expected'))} expected, ${grouped(row.number('found'))} found`;
  return `${row.text('bucket')}  ${row.text('accountId')} ${row.text('keyId')}  ${what}: ${requests} (${row.texts('differs').join(', ')})`;
}

function sum(counts: number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
