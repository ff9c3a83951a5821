/** A time series as an accessible picture: a cursor moved by arrow keys speaks each bucket, a drag chooses a window. */
import { type PointerEvent, type ReactNode, Suspense, lazy, memo, useId, useMemo } from 'react';
import { bucketName } from '../format/format';
import type { Granularity } from '../state/view';
import { Frame, LABEL_WIDTH } from './frame';
import { type Heights, linearHeights, logHeights } from './geometry';
import type { Incident } from './incidents';
import { Marks, type Scale } from './marks';
import { Overlay } from './overlay';
import { Readout, spoken } from './readout';
import { type Series, describe } from './series';
import { useCursor } from './use-cursor';
import { useWidth } from './use-width';

const HEIGHT = 280;
const MARGIN = { top: 20, right: 12, bottom: 28, left: 60 };

/** From here on a canvas draws the lines: SVG would take a node for each few pixels of them. */
const DENSE = 500;

const SparseMarks = memo(Marks);
const DenseMarks = memo(lazy(() => import('./dense-marks')));

interface Props {
  /** The same object as long as it has the same figures. */
  series: Series;
  granularity: Granularity;
  zone: string;
  /** Whether the axis of values is logarithmic. */
  log?: boolean;
  incidents?: readonly Incident[];
  /** `[from, to)` of the buckets that were selected. */
  onWindow: (from: number, to: number) => void;
}

export function Chart({ series, granularity, zone, log = false, incidents = [], onWindow }: Props): ReactNode {
  const [element, width] = useWidth();
  const description = useId();
  const { starts, ends } = series;
  const count = starts.length;
  const inner = Math.max(1, width - MARGIN.left - MARGIN.right);
  const base = HEIGHT - MARGIN.bottom;
  const step = inner / Math.max(1, count);
  const heights = useMemo(() => heightsOf(series, log), [series, log]);
  const scale = useMemo(() => scaleOf(heights, step, base), [heights, step, base]);
  const nameOf = (start: number): string => bucketName(start, granularity, zone);
  const sentence = useMemo(
    () => describe(series, (start) => bucketName(start, granularity, zone)),
    [series, granularity, zone],
  );
  const indexAt = (event: PointerEvent<HTMLElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - MARGIN.left;
    return Math.min(count - 1, Math.max(0, Math.floor(x / step)));
  };
  const { index, selection, handlers } = useCursor(count, indexAt, ({ first, last }) => {
    const [from, to] = [starts[first], ends[last]];
    if (from !== undefined && to !== undefined) onWindow(from, to);
  });
  const place = useMemo(
    () => ({ left: MARGIN.left, top: MARGIN.top, width: inner, height: base - MARGIN.top }),
    [inner, base],
  );
  return (
    <div
      ref={element}
      className="chart"
      role="slider"
      tabIndex={0}
      aria-label={`Chart of ${series.label}`}
      aria-describedby={description}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, count - 1)}
      aria-valuenow={index ?? Math.max(0, count - 1)}
      aria-valuetext={spoken(series, index ?? count - 1, nameOf)}
      data-dense={count > DENSE}
      {...handlers}
    >
      <p id={description} className="hidden">
        {sentence} Arrow keys move through the buckets; with Shift they select, and Enter zooms.
      </p>
      {width > 0 && count > DENSE && (
        <Suspense fallback={null}>
          <DenseMarks series={series} heightOf={heights.of} place={place} />
        </Suspense>
      )}
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <Frame
            starts={starts}
            granularity={granularity}
            zone={zone}
            ticks={heights.ticks}
            short={series.short}
            scale={scale}
            left={MARGIN.left}
            right={width - MARGIN.right}
            most={Math.max(2, Math.floor(inner / LABEL_WIDTH))}
          />
          <Overlay
            series={series}
            scale={scale}
            step={step}
            top={MARGIN.top}
            incidents={incidents}
            selection={selection}
          >
            {count <= DENSE && <SparseMarks series={series} scale={scale} />}
          </Overlay>
          {index !== null && index < count && <Cursor series={series} index={index} scale={scale} top={MARGIN.top} />}
        </svg>
      )}
      {index !== null && index < count && (
        <Readout series={series} index={index} name={nameOf(starts[index] ?? 0)} x={scale.x(index)} width={width} />
      )}
    </div>
  );
}

function heightsOf({ lines, bands = [], wholeOnly }: Series, log: boolean): Heights {
  const values = [...lines.flatMap((line) => line.values), ...bands.flatMap(({ high }) => high)];
  if (log) return logHeights(values);
  return linearHeights(
    values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0),
    wholeOnly,
  );
}

function scaleOf(heights: Heights, step: number, base: number): Scale {
  return {
    x: (index) => MARGIN.left + (index + 0.5) * step,
    y: (value) => base - heights.of(value) * (base - MARGIN.top),
    base,
  };
}

interface CursorProps {
  series: Series;
  index: number;
  scale: Scale;
  top: number;
}

function Cursor({ series, index, scale, top }: CursorProps): ReactNode {
  return (
    <g className="cursor">
      <line x1={scale.x(index)} x2={scale.x(index)} y1={top} y2={scale.base} />
      {series.lines.map(({ name, values }) => {
        const value = values[index] ?? null;
        if (value === null || name === 'failed') return null;
        return <circle key={name} className={name} cx={scale.x(index)} cy={scale.y(value)} r={4} />;
      })}
    </g>
  );
}
