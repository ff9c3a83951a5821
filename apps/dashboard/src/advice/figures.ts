/** The figures of advice in words. */
import type { Advice } from '../api/use-advice';
import { bytes, count, dayAndTime, duration, lasting, orNone, percent } from '../format/format';
import { money } from '../format/money';

/** How a figure is written, by the end of its name. */
const FORMATS: readonly (readonly [end: RegExp, format: (value: number) => string])[] = [
  [/(Percent|Rate)$/, percent],
  [/Ms$|^p\d\d$|P\d\d$/, duration],
  [/Bytes$/, bytes],
];

const plain = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:/;

/** @example figureText('sharePercent', 42.123, 'UTC') // '42.1 %' */
export function figureText(name: string, value: unknown, zone: string): string {
  if (typeof value === 'string') return INSTANT.test(value) ? dayAndTime(Date.parse(value), zone) : value;
  if (typeof value !== 'number') return '–';
  return (FORMATS.find(([end]) => end.test(name))?.[1] ?? ((number: number) => plain.format(number)))(value);
}

/** @example figureName('topKeyMeanBytes') // 'top key mean' */
export function figureName(name: string): string {
  return name
    .replace(/(.)(Percent|Ms|Bytes)$/, '$1')
    .replace(/([a-z\d])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
}

/** What is gained when the fault goes away, over the same window; empty where that is not known. */
export function gainText({ latencyMs, requests, bytes: size, cost, currency }: Advice['gain']): string {
  const parts = [
    latencyMs ? `${latencyMs >= 60_000 ? lasting(latencyMs) : duration(latencyMs)} of waiting` : '',
    requests ? `${count(requests)} ${requests === 1 ? 'request' : 'requests'}` : '',
    size ? orNone(bytes, size) : '',
    cost && currency ? money(cost, currency) : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
