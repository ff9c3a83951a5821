/** The axes of a chart whose points are any times, not buckets of the clock. */
import { type ReactNode, useMemo } from 'react';
import { LABEL_WIDTH } from '../chart/frame';
import type { Scale } from '../chart/marks';
import { timesCrossed } from './times-crossed';

interface Props {
  /** When the points end, ascending. */
  ends: readonly number[];
  zone: string;
  ticks: readonly number[];
  short: (value: number) => string;
  scale: Scale;
  left: number;
  right: number;
}

export function WatchAxes({ ends, zone, ticks, short, scale, left, right }: Props): ReactNode {
  const most = Math.max(2, Math.floor((right - left) / LABEL_WIDTH));
  const times = useMemo(() => timesCrossed(ends, zone, most), [ends, zone, most]);
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="grid" x1={left} x2={right} y1={scale.y(tick)} y2={scale.y(tick)} />
          <text className="tick" x={left - 8} y={scale.y(tick)} dy="0.32em" textAnchor="end">
            {short(tick)}
          </text>
        </g>
      ))}
      {times.map(({ index, label }) => (
        <text
          key={index}
          className="tick"
          x={Math.min(scale.x(index), right + 12 - LABEL_WIDTH / 4)}
          y={scale.base + 20}
          textAnchor="middle"
        >
          {label}
        </text>
      ))}
    </>
  );
}
