/** A time series as an accessible picture: a cursor moved by arrow keys speaks each bucket, a drag chooses a window. */
import { type PointerEvent, type ReactNode, useId } from 'react';
import { bucketName } from '../format/format';
import type { MetricInfo } from '../overview/metrics';
import type { Granularity } from '../state/view';
import { timeTicks } from '../time/axis';
import { niceTicks } from './geometry';
import { Marks, type Scale } from './marks';
import { type Bucket, describe } from './series';
import { Readout, spoken } from './readout';
import { useCursor } from './use-cursor';
import { useWidth } from './use-width';

const HEIGHT = 280;
const MARGIN = { top: 12, right: 12, bottom: 28, left: 60 };
/** Pixels that a label of the time axis takes. */
const LABEL_WIDTH = 84;

interface Props {
  buckets: readonly Bucket[];
  metric: MetricInfo;
  granularity: Granularity;
  zone: string;
  /** `[from, to)` of the buckets that were selected. */
  onWindow: (from: number, to: number) => void;
}

export function Chart({ buckets, metric, granularity, zone, onWindow }: Props): ReactNode {
  const [element, width] = useWidth();
  const description = useId();
  const inner = Math.max(1, width - MARGIN.left - MARGIN.right);
  const base = HEIGHT - MARGIN.bottom;
  const step = inner / Math.max(1, buckets.length);
  const max = Math.max(0, ...buckets.flatMap(({ value, previous }) => [value ?? 0, previous ?? 0]));
  const ticks = niceTicks(max, !metric.isRate);
  const top = ticks.at(-1) ?? 1;
  const scale: Scale = {
    x: (index) => MARGIN.left + (index + 0.5) * step,
    y: (value) => base - (value / top) * (base - MARGIN.top),
    base,
  };
  const indexAt = (event: PointerEvent<HTMLElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - MARGIN.left;
    return Math.min(buckets.length - 1, Math.max(0, Math.floor(x / step)));
  };
  const nameOf = (start: number): string => bucketName(start, granularity, zone);
  const { index, selection, handlers } = useCursor(buckets.length, indexAt, ({ first, last }) => {
    const [from, to] = [buckets[first]?.start, buckets[last]?.end];
    if (from !== undefined && to !== undefined) onWindow(from, to);
  });
  const current = index === null ? undefined : buckets[index];
  const starts = buckets.map(({ start }) => start);
  return (
    <div
      ref={element}
      className="chart"
      role="slider"
      tabIndex={0}
      aria-label={`Chart of ${metric.label}`}
      aria-describedby={description}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, buckets.length - 1)}
      aria-valuenow={index ?? Math.max(0, buckets.length - 1)}
      aria-valuetext={spoken(current ?? buckets.at(-1), metric, nameOf)}
      {...handlers}
    >
      <p id={description} className="hidden">
        {describe(buckets, metric, nameOf)} Arrow keys move through the buckets; with Shift they select, and Enter
        zooms.
      </p>
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {ticks.map((tick) => (
            <g key={tick}>
              <line className="grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={scale.y(tick)} y2={scale.y(tick)} />
              <text className="tick" x={MARGIN.left - 8} y={scale.y(tick)} dy="0.32em" textAnchor="end">
                {metric.short(tick)}
              </text>
            </g>
          ))}
          {timeTicks(starts, granularity, zone, Math.max(2, Math.floor(inner / LABEL_WIDTH))).map((tick) => (
            <text
              key={tick.index}
              className="tick"
              x={Math.min(scale.x(tick.index), width - LABEL_WIDTH / 4)}
              y={base + 20}
              textAnchor="middle"
            >
              {tick.label}
            </text>
          ))}
          {selection && (
            <rect
              className="selection"
              x={MARGIN.left + selection.first * step}
              y={MARGIN.top}
              width={(selection.last - selection.first + 1) * step}
              height={base - MARGIN.top}
            />
          )}
          <Marks buckets={buckets} scale={scale} />
          {index !== null && current && (
            <g className="cursor">
              <line x1={scale.x(index)} x2={scale.x(index)} y1={MARGIN.top} y2={base} />
              {current.value !== null && <circle cx={scale.x(index)} cy={scale.y(current.value)} r={4} />}
            </g>
          )}
        </svg>
      )}
      {index !== null && current && (
        <Readout bucket={current} metric={metric} name={nameOf(current.start)} x={scale.x(index)} width={width} />
      )}
    </div>
  );
}
