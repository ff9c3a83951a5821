/** Aggregates → the contract's answer: rates, means, empty buckets, and which fields go with which parameter. */
import { DAY, HOUR, MINUTE, type Slices, iso, round6 } from '@meterhouse/common';
import { exactly } from '../../http/json';
import type { BreakdownDto } from './dto/breakdown.dto';
import type { ErrorsDto } from './dto/errors.dto';
import type { PaginationDto } from './dto/usage-response.dto';
import type { LatencyDto, PointDto, UsageTotalsDto } from './dto/usage-totals.dto';
import { describeErrorType } from '../read/error-types';
import {
  NO_TRAFFIC,
  type Peaks,
  type Percentiles,
  type Series,
  type Traffic,
  type UsageBreakdown,
} from '../read/aggregates';
import type { Page } from '../read/breakdown-rows';
import { PERCENTILE_ERROR_PERCENT } from '../read/sql/latency.sql';
import { type Window, pointsOf } from '../request/window';

/** How an answer is put together. */
export interface Shape {
  window: Window;
  withLatency: boolean;
}

function roundOrNull(value: number | null): number | null {
  return value === null ? null : round6(value);
}

/** `part` in percent of `whole`, which is not 0: a row is there because it has requests. */
export function percentOf(part: number, whole: number): number {
  return round6((part / whole) * 100);
}

/** `percentOf`, and null where there is nothing that could have a rate: a 0 would read as an outage. */
export function rateOf(part: number, whole: number): number | null {
  return whole === 0 ? null : percentOf(part, whole);
}

/** A sum by how many there are; null of nothing. What is past 2^53 is divided before it is rounded. */
function meanOf(sum: bigint, count: number): number | null {
  if (count === 0) return null;
  const whole = BigInt(count);
  return Number(sum / whole) + round6(Number(sum % whole) / count);
}

function latencyOf({ withLatency }: Shape, traffic: Traffic): Pick<PointDto, 'averageLatency' | 'peakLatency'> {
  if (!withLatency) return {};
  return { averageLatency: roundOrNull(traffic.averageLatency), peakLatency: roundOrNull(traffic.peakLatency) };
}

function percentilesOf({ p50, p95, p99 }: Percentiles): Pick<PointDto, 'p50' | 'p95' | 'p99'> {
  return { p50, p95, p99 };
}

export function toTotals(
  shape: Shape,
  total: Traffic,
  { peakRequestsPerMinute, peakRequestsPerHour }: Peaks,
): UsageTotalsDto {
  const length = shape.window.to - shape.window.from;
  const per = (unit: number): number | null => (length === 0 ? null : round6((total.requests * unit) / length));
  return {
    totalRequests: total.requests,
    successfulRequests: total.requests - total.failed,
    failedRequests: total.failed,
    throttledRequests: total.throttled,
    successRate: rateOf(total.requests - total.failed, total.requests),
    ...latencyOf(shape, total),
    requestsPerMinute: per(MINUTE),
    requestsPerHour: per(HOUR),
    requestsPerDay: per(DAY),
    peakRequestsPerMinute,
    peakRequestsPerHour,
    dataTransferred: exactly(total.bytes),
    averageDataPerRequest: meanOf(total.bytes, total.requests),
  };
}

/**
 * One point for every bucket of the window, empty ones too.
 * @param whole the series that this one is a part of, and has as many points as
 */
export function toTimeSeries(
  shape: Shape,
  { points }: Series,
  slices: Slices,
  whole: Series = { total: NO_TRAFFIC, points },
): Promise<PointDto[]> {
  const lastWithData = whole.points.size === 0 ? null : Math.max(...whole.points.keys());
  const starts = pointsOf(shape.window, lastWithData);
  return slices.map(starts, (start) => toPoint(shape, start, points.get(start) ?? NO_TRAFFIC));
}

function toPoint(shape: Shape, start: number, traffic: Traffic): PointDto {
  return {
    timestamp: iso(start),
    requests: traffic.requests,
    successfulRequests: traffic.requests - traffic.failed,
    failedRequests: traffic.failed,
    throttledRequests: traffic.throttled,
    ...latencyOf(shape, traffic),
    ...(shape.withLatency ? percentilesOf(traffic.percentiles) : {}),
    dataTransferred: exactly(traffic.bytes),
  };
}

export function toLatency(total: Traffic): LatencyDto {
  return {
    average: roundOrNull(total.averageLatency),
    peak: roundOrNull(total.peakLatency),
    ...total.percentiles,
    maxErrorPercent: PERCENTILE_ERROR_PERCENT,
  };
}

/** @param nameOf the name of a key, null when it is not known any more */
export function toBreakdown(
  shape: Shape,
  figures: UsageBreakdown,
  nameOf: (keyId: string) => string | null,
): BreakdownDto {
  const all = figures.total.requests;
  return {
    byEndpoint: figures.endpoints.page.map((item) => ({
      endpoint: item.endpoint,
      requests: item.requests,
      failedRequests: item.failed,
      successRate: percentOf(item.requests - item.failed, item.requests),
      ...(shape.withLatency
        ? { averageLatency: roundOrNull(item.averageLatency), ...percentilesOf(item.percentiles) }
        : {}),
      dataTransferred: exactly(item.bytes),
      lastRequestAt: iso(item.lastAt),
    })),
    byMethod: figures.methods.map((item) => ({
      method: item.method,
      requests: item.requests,
      failedRequests: item.failed,
      percentage: percentOf(item.requests, all),
    })),
    byStatusCode: byCode(figures).map((item) => ({
      statusCode: item.statusCode,
      requests: item.requests,
      percentage: percentOf(item.requests, all),
    })),
    byKey: figures.keys.map((item) => ({
      keyId: item.keyId,
      name: nameOf(item.keyId),
      requests: item.requests,
      failedRequests: item.failed,
      percentage: percentOf(item.requests, all),
    })),
  };
}

export function toErrors(figures: UsageBreakdown): ErrorsDto {
  const { failed, requests } = figures.total;
  return {
    totalErrors: failed,
    errorRate: rateOf(failed, requests),
    byType: figures.errorTypes.map((item) => ({
      type: item.errorType,
      count: item.failed,
      percentage: percentOf(item.failed, failed),
      description: describeErrorType(item.errorType),
    })),
    byEndpoint: figures.endpoints.mostFailing.map((item) => ({
      endpoint: item.endpoint,
      count: item.failed,
      errorRate: percentOf(item.failed, item.requests),
    })),
    byStatusCode: byCode(figures)
      .filter((item) => item.failed > 0)
      .map((item) => ({ statusCode: item.statusCode, count: item.failed, percentage: percentOf(item.failed, failed) })),
  };
}

/** `total` goes with `includeBreakdown`. */
export function toPagination(
  breakdown: UsageBreakdown,
  { limit, offset, includeBreakdown }: Page & { includeBreakdown: boolean },
): PaginationDto {
  const total = breakdown.endpoints.count;
  return { ...(includeBreakdown ? { total } : {}), limit, offset, hasMore: offset + limit < total };
}

function byCode({ statusCodes }: UsageBreakdown): UsageBreakdown['statusCodes'] {
  return [...statusCodes].sort((a, b) => a.statusCode - b.statusCode);
}
