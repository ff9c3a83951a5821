/** What lines look like on a canvas, by uPlot: for thousands of buckets, of which SVG would make as many nodes. */
import { type ReactNode, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { drawingOrder } from './marks';
import type { Line, LineName, Series } from './series';
import { useColorScheme } from './use-color-scheme';

export interface Props {
  series: Series;
  /** From a value to 0, the bottom, to 1, the top. */
  heightOf: (value: number) => number;
  /** Of the plot, in pixels. */
  place: { left: number; top: number; width: number; height: number };
}

export default function DenseMarks({ series, heightOf, place: { left, top, width, height } }: Props): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const scheme = useColorScheme();
  useEffect(() => {
    if (!element.current) return;
    const plot = draw(element.current, series, heightOf, width, height);
    return () => plot.destroy();
    // `scheme` decides the colours that are read from the style sheet.
  }, [series, heightOf, width, height, scheme]);
  return (
    <div ref={element} className="dense" style={{ left, top, width, height }} aria-hidden="true">
      {series.lines.map(({ name }) => (
        <span key={name} className={`ink ${name}`} data-line={name} />
      ))}
    </div>
  );
}

function draw(
  element: HTMLElement,
  { lines, partial }: Series,
  heightOf: (value: number) => number,
  width: number,
  height: number,
): uPlot {
  const drawn = drawingOrder(lines);
  const color = (name: LineName): string => {
    const ink = element.querySelector(`[data-line="${name}"]`);
    return ink ? getComputedStyle(ink).color : 'currentColor';
  };
  const columns = drawn.flatMap((line) => {
    const places = line.values.map((value) => (value === null ? null : heightOf(value)));
    return [places.map((value, index) => (partial[index] ? null : value)), cutOnly(places, partial)];
  });
  const options: uPlot.Options = {
    width,
    height,
    padding: [0, 0, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    axes: [{ show: false }, { show: false }],
    scales: {
      x: { time: false, range: [-0.5, partial.length - 0.5] },
      y: { range: [0, 1] },
    },
    series: [{}, ...drawn.flatMap((line) => [whole(line, color(line.name)), cut(color(line.name))])],
  };
  return new uPlot(options, [partial.map((_, index) => index), ...columns], element);
}

function whole({ name, area, values }: Line, stroke: string): uPlot.Series {
  const alone = values.flatMap((value, index) =>
    value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null ? [index] : [],
  );
  return {
    stroke,
    width: 1,
    ...(name === 'previous' ? { dash: [3, 3] } : {}),
    ...(area ? { fill: stroke.replace(/^rgb\((.+)\)$/, `rgba($1, ${name === 'failed' ? 0.3 : 0.12})`) } : {}),
    // Between two gaps there is no line to see.
    points: { show: alone.length > 0, filter: () => alone, size: 3, fill: stroke },
  };
}

function cut(stroke: string): uPlot.Series {
  return { stroke, width: 1, dash: [2, 5], points: { show: false } };
}

/** The buckets that are not whole, each with its neighbours, to which its line goes. */
function cutOnly(places: readonly (number | null)[], partial: readonly boolean[]): (number | null)[] {
  return places.map((value, index) => (partial[index] || partial[index - 1] || partial[index + 1] ? value : null));
}
