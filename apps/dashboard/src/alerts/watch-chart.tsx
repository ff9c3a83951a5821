/** What windows came to over time, with what they were compared with and when it fired. */
import { type PointerEvent, type ReactNode, useId, useMemo } from 'react';
import { linearHeights, runsOf } from '../chart/geometry';
import { useCursor } from '../chart/use-cursor';
import { useWidth } from '../chart/use-width';
import { dayAndTime, orNone } from '../format/format';
import { WatchAxes } from './watch-axes';
import { type Watched, bandPath, describe, spanOf, spoken } from './watched';

const HEIGHT = 240;
const MARGIN = { top: 16, right: 12, bottom: 28, left: 60 };

interface Props {
  watched: Watched;
  zone: string;
}

export function WatchChart({ watched, zone }: Props): ReactNode {
  const { points, firings, label, format, short, wholeOnly } = watched;
  const [element, width] = useWidth();
  const description = useId();
  const inner = Math.max(1, width - MARGIN.left - MARGIN.right);
  const base = HEIGHT - MARGIN.bottom;
  const step = inner / Math.max(1, points.length);
  const heights = useMemo(() => {
    const most = points.reduce((max, { high, threshold }) => Math.max(max, high ?? 0, threshold ?? 0), 0);
    return linearHeights(most, wholeOnly);
  }, [points, wholeOnly]);
  const scale = useMemo(
    () => ({
      x: (index: number) => MARGIN.left + (index + 0.5) * step,
      y: (value: number) => base - heights.of(value) * (base - MARGIN.top),
      base,
    }),
    [heights, step, base],
  );
  const ends = useMemo(() => points.map(({ to }) => to), [points]);
  const indexAt = (event: PointerEvent<HTMLElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - MARGIN.left;
    return Math.min(points.length - 1, Math.max(0, Math.floor(x / step)));
  };
  const { index, handlers } = useCursor(points.length, indexAt, () => undefined);
  const current = index === null ? undefined : points[index];
  const nameOf = (at: number): string => dayAndTime(at, zone);
  const x = index === null ? 0 : scale.x(index);
  const side = x > width / 2 ? { right: width - x + 12 } : { left: x + 12 };
  return (
    <div
      ref={element}
      className="chart watch"
      role="slider"
      tabIndex={0}
      aria-label={`Chart of ${label}`}
      aria-describedby={description}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, points.length - 1)}
      aria-valuenow={index ?? Math.max(0, points.length - 1)}
      aria-valuetext={spoken(current ?? points.at(-1), watched, nameOf)}
      data-dense={points.length > inner / 2}
      {...handlers}
    >
      <p id={description} className="hidden">
        {describe(watched, nameOf)} Arrow keys move through the windows.
      </p>
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <WatchAxes
            ends={ends}
            zone={zone}
            ticks={heights.ticks}
            short={short}
            scale={scale}
            left={MARGIN.left}
            right={width - MARGIN.right}
          />
          {firings.map((firing, at) => {
            const span = spanOf(firing, points);
            return (
              span && (
                <rect
                  key={`${firing.from} ${at}`}
                  className="firing"
                  x={MARGIN.left + span.first * step}
                  width={Math.max(2, (span.last - span.first + 1) * step)}
                  y={MARGIN.top}
                  height={base - MARGIN.top}
                />
              )
            );
          })}
          <path className="line value" d={bandPath(points, scale)} />
          {thresholdRuns(points, scale).map((run) => (
            <path key={run} className="threshold" d={run} />
          ))}
          {index !== null && current && (
            <g className="cursor">
              <line x1={x} x2={x} y1={MARGIN.top} y2={base} />
              {current.high !== null && <circle cx={x} cy={scale.y(current.high)} r={4} />}
            </g>
          )}
        </svg>
      )}
      {current && (
        <div className="readout" style={side} aria-hidden="true">
          <p className="name">{nameOf(current.to)}</p>
          <dl>
            <dt className="key value">{label}</dt>
            <dd>{orNone(format, current.high)}</dd>
            <dt className="key threshold">Compared with</dt>
            <dd>{orNone(format, current.threshold)}</dd>
          </dl>
        </div>
      )}
    </div>
  );
}

function thresholdRuns(
  points: Watched['points'],
  { x, y }: { x: (index: number) => number; y: (value: number) => number },
): string[] {
  const places = points.map(({ threshold }, index) => (threshold === null ? null : { x: x(index), y: y(threshold) }));
  return runsOf(places).map((run) =>
    // A step for each point: what is compared with holds for the whole of it.
    run
      .map((place, index) =>
        index === 0 ? `M${fixed(place.x)},${fixed(place.y)}` : `H${fixed(place.x)}V${fixed(place.y)}`,
      )
      .join(''),
  );
}

const fixed = (value: number): string => value.toFixed(1);
