/** The axes of a chart: round values, and round times of the zone. */
import { type ReactNode, memo, useMemo } from 'react';
import type { Granularity } from '../state/view';
import { timeTicks } from '../time/axis';
import type { Scale } from './marks';

/** Pixels that a label of the time axis takes. */
export const LABEL_WIDTH = 84;

interface Props {
  starts: readonly number[];
  granularity: Granularity;
  zone: string;
  /** Of the axis of values, and how they are written. */
  ticks: readonly number[];
  short: (value: number) => string;
  scale: Scale;
  left: number;
  right: number;
  /** Labels of the time axis, at most. */
  most: number;
}

export const Frame = memo(function Frame(props: Props): ReactNode {
  const { starts, granularity, zone, ticks, short, scale, left, right, most } = props;
  const times = useMemo(() => timeTicks(starts, granularity, zone, most), [starts, granularity, zone, most]);
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
});
