/** Requests of the last seconds as bars. It stands still while somebody points at it, so that what is read does not move. */
import { type PointerEvent, type ReactNode, useId, useState } from 'react';
import { niceTicks } from '../chart/geometry';
import { useCursor } from '../chart/use-cursor';
import { useWidth } from '../chart/use-width';
import { clock, count, duration, orNone, shortCount } from '../format/format';
import type { Second } from './minutes';

const HEIGHT = 200;
const MARGIN = { top: 12, right: 8, bottom: 24, left: 48 };
const TICK_SECONDS = 15;
const LABEL_WIDTH = 72;

interface Props {
  seconds: readonly Second[];
  zone: string;
}

export function SecondsChart({ seconds: latest, zone }: Props): ReactNode {
  const [held, setHeld] = useState<readonly Second[] | null>(null);
  const seconds = held ?? latest;
  const [element, width] = useWidth();
  const description = useId();
  const inner = Math.max(1, width - MARGIN.left - MARGIN.right);
  const step = inner / Math.max(1, seconds.length);
  const base = HEIGHT - MARGIN.bottom;
  const ticks = niceTicks(Math.max(0, ...seconds.map(({ figures }) => figures?.requests ?? 0)), true);
  const top = ticks.at(-1) ?? 1;
  const heightOf = (value: number): number => (value / top) * (base - MARGIN.top);
  const indexAt = (event: PointerEvent<HTMLElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - MARGIN.left;
    return Math.min(seconds.length - 1, Math.max(0, Math.floor(x / step)));
  };
  const { index, handlers } = useCursor(seconds.length, indexAt, () => undefined);
  const hold = (): void => setHeld((before) => before ?? latest);
  const current = index === null ? undefined : seconds[index];
  const every = Math.max(TICK_SECONDS, Math.ceil(LABEL_WIDTH / step / TICK_SECONDS) * TICK_SECONDS) * 1_000;
  return (
    <div
      ref={element}
      className="chart seconds"
      role="slider"
      tabIndex={0}
      aria-label="Chart of requests by second"
      aria-describedby={description}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, seconds.length - 1)}
      aria-valuenow={index ?? Math.max(0, seconds.length - 1)}
      aria-valuetext={current ? spoken(current, zone) : 'Running'}
      {...handlers}
      onFocus={() => {
        hold();
        handlers.onFocus();
      }}
      onBlur={() => {
        setHeld(null);
        handlers.onBlur();
      }}
      onPointerMove={(event) => {
        hold();
        handlers.onPointerMove(event);
      }}
      onPointerLeave={() => {
        setHeld(null);
        handlers.onPointerLeave();
      }}
    >
      <p id={description} className="hidden">
        Requests of each of the last {seconds.length} seconds. It stands still while it has the focus; arrow keys move
        through the seconds.
      </p>
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {ticks.map((tick) => (
            <g key={tick}>
              <line
                className="grid"
                x1={MARGIN.left}
                x2={width - MARGIN.right}
                y1={base - heightOf(tick)}
                y2={base - heightOf(tick)}
              />
              <text className="tick" x={MARGIN.left - 8} y={base - heightOf(tick)} dy="0.32em" textAnchor="end">
                {shortCount(tick)}
              </text>
            </g>
          ))}
          {seconds.map(({ start, figures }, at) => {
            const x = MARGIN.left + at * step;
            const bar = { x: x + step * 0.1, width: step * 0.8 };
            return (
              <g key={start}>
                {start % every === 0 && x < width - LABEL_WIDTH / 2 && (
                  <text className="tick" x={x + step / 2} y={base + 18} textAnchor="middle">
                    {clock(start, zone)}
                  </text>
                )}
                {figures === null && (
                  <rect className="gap" x={x} width={step} y={MARGIN.top} height={base - MARGIN.top} />
                )}
                {figures && figures.requests > 0 && (
                  <rect
                    className={at === seconds.length - 1 ? 'second running' : 'second'}
                    {...bar}
                    y={base - heightOf(figures.requests)}
                    height={heightOf(figures.requests)}
                  />
                )}
                {figures && figures.failedRequests > 0 && (
                  <rect
                    className="second failed"
                    {...bar}
                    y={base - heightOf(figures.failedRequests)}
                    height={heightOf(figures.failedRequests)}
                  />
                )}
              </g>
            );
          })}
          {index !== null && (
            <rect
              className="selection"
              x={MARGIN.left + index * step}
              width={step}
              y={MARGIN.top}
              height={base - MARGIN.top}
            />
          )}
        </svg>
      )}
      {index !== null && current && (
        <Readout second={current} zone={zone} x={MARGIN.left + index * step} width={width} />
      )}
    </div>
  );
}

function Readout({ second, zone, x, width }: { second: Second; zone: string; x: number; width: number }): ReactNode {
  const side = x > width / 2 ? { right: width - x + 12 } : { left: x + 16 };
  const { start, figures } = second;
  return (
    <div className="readout" style={side} aria-hidden="true">
      <p className="name">{clock(start, zone)}</p>
      {figures === null && <p className="note">Not received</p>}
      {figures && (
        <dl>
          <dt className="key value">Requests</dt>
          <dd>{count(figures.requests)}</dd>
          <dt className="key failed">Failed</dt>
          <dd>{count(figures.failedRequests)}</dd>
          <dt>Mean latency</dt>
          <dd>{orNone(duration, figures.averageLatency)}</dd>
        </dl>
      )}
    </div>
  );
}

function spoken({ start, figures }: Second, zone: string): string {
  if (figures === null) return `${clock(start, zone)}: not received`;
  const failed = figures.failedRequests > 0 ? `, ${count(figures.failedRequests)} failed` : '';
  return `${clock(start, zone)}: ${count(figures.requests)}${failed}`;
}
