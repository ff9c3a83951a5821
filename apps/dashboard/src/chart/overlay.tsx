/** What lies under and over the lines of a chart: incidents, the selection, the peak. */
import type { ReactNode } from 'react';
import type { Incident } from './incidents';
import type { Scale } from './marks';
import { type Series, peakOf } from './series';
import type { Selection } from './use-cursor';

interface Props {
  series: Series;
  scale: Scale;
  /** Pixels of a bucket. */
  step: number;
  top: number;
  incidents: readonly Incident[];
  selection: Selection | null;
  /** The lines. */
  children: ReactNode;
}

export function Overlay({ series, scale, step, top, incidents, selection, children }: Props): ReactNode {
  const band = ({ first, last }: Selection): { x: number; width: number } => ({
    x: scale.x(first) - step / 2,
    width: Math.max(2, (last - first + 1) * step),
  });
  return (
    <>
      {incidents.map((incident) => (
        <g key={incident.first} className="incident">
          <rect className="band" {...band(incident)} y={top} height={scale.base - top} />
          <rect className="mark" {...band(incident)} y={scale.base} height={4} />
        </g>
      ))}
      {selection && <rect className="selection" {...band(selection)} y={top} height={scale.base - top} />}
      {children}
      <Peak series={series} scale={scale} />
    </>
  );
}

/** The highest value of a line that stands alone. */
function Peak({ series, scale }: { series: Series; scale: Scale }): ReactNode {
  const [line] = series.lines;
  if (line?.name !== 'value' || series.starts.length < 3) return null;
  const at = peakOf(line);
  const value = line.values[at];
  if (typeof value !== 'number' || value === 0) return null;
  const share = at / (series.starts.length - 1);
  return (
    <g className="highest">
      <circle className="value" cx={scale.x(at)} cy={scale.y(value)} r={3} />
      <text x={scale.x(at)} y={scale.y(value) - 8} textAnchor={share < 0.1 ? 'start' : share > 0.9 ? 'end' : 'middle'}>
        {series.short(value)}
      </text>
    </g>
  );
}
