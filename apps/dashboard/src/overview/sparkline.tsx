import type { ReactNode } from 'react';
import { linePath, runsOf, thinned } from '../chart/geometry';

const [WIDTH, HEIGHT] = [100, 28];

/** More points than these are closer than pixels. */
const MOST = 150;

/** The shape of a series, without figures. */
export function Sparkline({ values: all }: { values: readonly (number | null)[] }): ReactNode {
  const values = thinned(all, MOST);
  const top = Math.max(1e-9, ...values.map((value) => value ?? 0));
  const places = values.map((value, index) =>
    value === null
      ? null
      : { x: (index / Math.max(1, values.length - 1)) * WIDTH, y: HEIGHT - 1 - (value / top) * (HEIGHT - 2) },
  );
  return (
    <svg className="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={runsOf(places).map(linePath).join('')} />
    </svg>
  );
}
