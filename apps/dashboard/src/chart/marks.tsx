/** What lines look like as SVG: areas, gaps as gaps, cut buckets dashed. For some hundreds of buckets. */
import type { ReactNode } from 'react';
import { type Place, areaPath, bandPath, linePath, runsOf } from './geometry';
import type { Band as BandOf, Line as LineOf, LineName, Series } from './series';

export interface Scale {
  x: (index: number) => number;
  y: (value: number) => number;
  /** The place of zero. */
  base: number;
}

interface Marked extends Place {
  partial: boolean;
}

function runs({ values }: LineOf, partial: readonly boolean[], { x, y }: Scale): Marked[][] {
  return runsOf(
    values.map((value, index) =>
      value === null ? null : { x: x(index), y: y(value), partial: partial[index] ?? false },
    ),
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

function Run({ run, name }: { run: readonly Marked[]; name: LineName }): ReactNode {
  const [only] = run;
  if (run.length === 1 && only) return <circle className={`dot ${name}`} cx={only.x} cy={only.y} r={2.5} />;
  return pieces(run).map(({ path, partial }) => (
    <path key={path} className={`line ${name}${partial ? ' partial' : ''}`} d={path} />
  ));
}

function Band({ band: { name, low, high }, scale: { x, y } }: { band: BandOf; scale: Scale }): ReactNode {
  const stretches = runsOf(
    low.map((from, index) => {
      const to = high[index] ?? null;
      return from === null || to === null ? null : { x: x(index), low: y(from), high: y(to) };
    }),
  );
  return stretches.map((run) => <path key={run[0]?.x ?? 0} className={`band ${name}`} d={bandPath(run)} />);
}

/** What was before lies under the rest, and the first line over all but what of it failed. */
export function Marks({ series: { lines, partial, bands = [] }, scale }: { series: Series; scale: Scale }): ReactNode {
  const under = bands.map((band) => <Band key={band.name} band={band} scale={scale} />);
  const over = drawingOrder(lines).map((line) =>
    runs(line, partial, scale).map((run) => (
      <g key={`${line.name} ${run[0]?.x ?? 0}`}>
        {line.area && <path className={`area ${line.name}`} d={areaPath(run, scale.base)} />}
        <Run run={run} name={line.name} />
      </g>
    )),
  );
  return [...under, ...over];
}

/** From the lowest to the uppermost. */
export function drawingOrder(lines: readonly LineOf[]): LineOf[] {
  return [...lines.filter(({ name }) => name === 'previous'), ...lines.filter(({ name }) => name !== 'previous')];
}
