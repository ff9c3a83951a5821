/** What a series looks like: areas, lines, gaps as gaps, cut buckets dashed. */
import type { ReactNode } from 'react';
import { type Place, areaPath, linePath, runsOf } from './geometry';
import type { Bucket } from './series';

export interface Scale {
  x: (index: number) => number;
  y: (value: number) => number;
  /** The place of zero. */
  base: number;
}

type Field = 'value' | 'failed' | 'previous';

interface Marked extends Place {
  partial: boolean;
}

function runs(buckets: readonly Bucket[], field: Field, { x, y }: Scale): Marked[][] {
  return runsOf(
    buckets.map((bucket, index) => {
      const value = bucket[field];
      return value === null ? null : { x: x(index), y: y(value), partial: bucket.partial };
    }),
  );
}

/** The runs of a line cut where it goes to or from a bucket that is not whole. */
function pieces(run: readonly Marked[]): { path: string; partial: boolean }[] {
  return run.slice(1).reduce<{ path: string; partial: boolean }[]>((done, to, index) => {
    const from = run[index] ?? to;
    const partial = from.partial || to.partial;
    const last = done.at(-1);
    if (last?.partial === partial) last.path += `L${to.x.toFixed(1)},${to.y.toFixed(1)}`;
    else done.push({ path: linePath([from, to]), partial });
    return done;
  }, []);
}

function Line({ run, name }: { run: readonly Marked[]; name: string }): ReactNode {
  const [only] = run;
  if (run.length === 1 && only) return <circle className={`dot ${name}`} cx={only.x} cy={only.y} r={2.5} />;
  return pieces(run).map(({ path, partial }) => (
    <path key={path} className={`line ${name}${partial ? ' partial' : ''}`} d={path} />
  ));
}

export function Marks({ buckets, scale }: { buckets: readonly Bucket[]; scale: Scale }): ReactNode {
  const values = runs(buckets, 'value', scale);
  const failed = runs(buckets, 'failed', scale);
  return (
    <>
      {runs(buckets, 'previous', scale).map((run) => (
        <Line key={run[0]?.x} run={run} name="previous" />
      ))}
      {values.map((run) => (
        <path key={run[0]?.x} className="area value" d={areaPath(run, scale.base)} />
      ))}
      {values.map((run) => (
        <Line key={run[0]?.x} run={run} name="value" />
      ))}
      {failed.map((run) => (
        <g key={run[0]?.x}>
          <path className="area failed" d={areaPath(run, scale.base)} />
          <Line run={run} name="failed" />
        </g>
      ))}
    </>
  );
}
