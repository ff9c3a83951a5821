/** What reconcile found, added up over its calls, and how it is shown. */
import { Answer } from '../answer';
import { table } from '../table';
import { grouped } from '../progress';

/** Drifted rows shown of a rollup. */
const MAX_EXAMPLES = 5;

interface Counts {
  bucketsCompared: number;
  bucketsDrifted: number;
  bucketsRepaired: number;
  bucketsWithheld: number;
  requestsMissing: number;
  requestsExtra: number;
  examples: string[];
}

/** The columns of the table. */
const COUNTS = ['bucketsCompared', 'bucketsDrifted', 'bucketsRepaired', 'requestsMissing', 'requestsExtra'] as const;
const HEADINGS = ['BUCKETS', 'DRIFTED', 'REPAIRED', 'MISSING', 'EXTRA'];

export class Drift {
  private readonly rollups = new Map<string, Counts>();

  /** Adds the answer of one `POST /admin/reconcile`. */
  add(answer: Answer): void {
    for (const found of answer.list('rollups').map((item) => new Answer(item))) {
      const name = found.text('rollup');
      const counts = this.rollups.get(name) ?? noCounts();
      for (const count of [...COUNTS, 'bucketsWithheld' as const]) counts[count] += found.number(count);
      counts.examples.push(...found.list('examples').map((row) => exampleLine(new Answer(row))));
      this.rollups.set(name, counts);
    }
  }

  get buckets(): number {
    return sum([...this.rollups.values()].map((counts) => counts.bucketsDrifted));
  }

  /** Drifted buckets that are still wrong. */
  get left(): number {
    return this.buckets - sum([...this.rollups.values()].map((counts) => counts.bucketsRepaired));
  }

  /** Drifted buckets that were not repaired for want of raw events. */
  get withheld(): number {
    return sum([...this.rollups.values()].map((counts) => counts.bucketsWithheld));
  }

  /** A row a rollup, and below it the first drifted rows of each. */
  toString(): string {
    const rows = [...this.rollups].map(([name, counts]) => [name, ...COUNTS.map((count) => grouped(counts[count]))]);
    const width = Math.max(...rows.map(([name = '']) => name.length));
    const examples = [...this.rollups].flatMap(([name, { examples: lines }]) =>
      lines.slice(0, MAX_EXAMPLES).map((line) => `  ${name.padEnd(width)}  ${line}`),
    );
    const overview = table(['ROLLUP', ...HEADINGS], rows, HEADINGS);
    return examples.length === 0 ? overview : [overview, '', 'Drifted rows, such as:', ...examples].join('\n');
  }
}

function noCounts(): Counts {
  return {
    bucketsCompared: 0,
    bucketsDrifted: 0,
    bucketsRepaired: 0,
    bucketsWithheld: 0,
    requestsMissing: 0,
    requestsExtra: 0,
    examples: [],
  };
}

function exampleLine(row: Answer): string {
  // A row of traffic is of a key alone.
  const details = [row.textOrNull('method'), row.textOrNull('endpoint'), row.numberOrNull('statusCode')];
  const what = ['', ...details.filter((detail) => detail !== null)].join(' ');
  const requests = `${grouped(row.number('expected'))} expected, ${grouped(row.number('found'))} found`;
  return `${row.text('bucket')}  ${row.text('accountId')} ${row.text('keyId')}${what}: ${requests} (${row.texts('differs').join(', ')})`;
}

function sum(counts: number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
