/** The period before, and what has changed since. */
import { round6 } from '@meterhouse/common';
import { exactly } from '../../http/json';
import type { ChangeDto, ComparisonDto } from './dto/comparison.dto';
import type { LatencyDto, UsageTotalsDto } from './dto/usage-totals.dto';

/** The figures whose change is returned: the totals of a window, and its latency. */
type Figures = Partial<Record<string, Figure>>;
type Figure = number | bigint | null;

/** Figures of the window and of the period before, by their names in the answer. */
export function changesOf(
  now: { usage: UsageTotalsDto; latency?: LatencyDto },
  before: { usage: UsageTotalsDto; latency?: LatencyDto },
): ComparisonDto['change'] {
  const usage = differences({ ...now.usage }, { ...before.usage });
  if (!now.latency || !before.latency) return { usage };
  const { maxErrorPercent: _now, ...latency } = now.latency;
  const { maxErrorPercent: _before, ...latencyBefore } = before.latency;
  return { usage, latency: differences(latency, latencyBefore) };
}

function differences(now: Figures, before: Figures): Record<string, ChangeDto> {
  return Object.fromEntries(
    Object.entries(now).map(([name, value]) => [name, changeOf(value ?? null, before[name] ?? null)]),
  );
}

/** Null where a figure is missing on either side; the percentage also where there was nothing before. */
function changeOf(now: Figure, before: Figure): ChangeDto {
  if (now === null || before === null) return { absolute: null, percent: null };
  const difference = less(now, before);
  const absolute = typeof difference === 'bigint' ? difference : round6(difference);
  return { absolute, percent: before === 0 ? null : round6((100 * Number(difference)) / Number(before)) };
}

/** Exact where either is past 2^53: both are whole then. */
function less(now: number | bigint, before: number | bigint): number | bigint {
  return typeof now === 'number' && typeof before === 'number' ? now - before : exactly(BigInt(now) - BigInt(before));
}
