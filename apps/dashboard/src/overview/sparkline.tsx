import { type ReactNode, memo } from 'react';
import { linePath, runsOf, thinned } from '../chart/geometry';

const [WIDTH, HEIGHT] = [100, 28];

/** More points than these are closer than pixels. */
const MOST = 150;

interface Props {
  /** The same array as long as it has the same figures. */
  values: readonly (number | null)[];
}

/** The shape of a series, without figures. */
export const Sparkline = memo(function Sparkline({ values: all }: Props): ReactNode {
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
});
