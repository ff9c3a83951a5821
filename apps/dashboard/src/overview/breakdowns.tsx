/** Who and what the traffic is: each row filters everything. */
import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import { CallButton } from '../as-call/call-button';
import type { Table } from '../as-call/export';
import { count, duration, orNone, percent } from '../format/format';
import { go } from '../state/use-view';
import { type Filter, type View, pageOf, toggleFilter } from '../state/view';
import { type BarRow, BarTable } from './bar-table';

/** All values past the number that is told one by one; it cannot be filtered by. */
export const OTHER = '{other}';

export const NOTHING_FAILED = 'No request failed.';

export function Breakdowns({ usage, view }: { usage: Usage; view: View }): ReactNode {
  return (
    <div className="breakdowns">
      <div>
        <UsageBreakdown usage={usage} view={view} filter="endpoint" />
        <UsageBreakdown usage={usage} view={view} filter="errorType" />
      </div>
      <div>
        <UsageBreakdown usage={usage} view={view} filter="keyId" />
        <UsageBreakdown usage={usage} view={view} filter="statusCode" />
      </div>
    </div>
  );
}

interface Kind {
  title: string;
  columns: string[];
  rows: (usage: Usage) => BarRow[];
  empty?: string;
}

const KINDS: Record<Filter, Kind> = {
  endpoint: { title: 'Endpoints', columns: ['Requests', 'Errors', 'p95'], rows: endpointRows },
  keyId: { title: 'Keys', columns: ['Requests', 'Errors', 'Share'], rows: keyRows },
  method: { title: 'Methods', columns: ['Requests', 'Errors', 'Share'], rows: methodRows },
  statusCode: { title: 'Status codes', columns: ['Requests', 'Share'], rows: statusRows },
  errorType: { title: 'Error types', columns: ['Failed', 'Share'], rows: errorRows, empty: NOTHING_FAILED },
};

/** The requests of a view by the values of a filter. */
export function UsageBreakdown({ usage, view, filter }: { usage: Usage; view: View; filter: Filter }): ReactNode {
  const { rows, ...kind } = KINDS[filter];
  return <Breakdown view={view} filter={filter} {...kind} rows={rows(usage)} />;
}

/** Of `GET /usage/export`. */
const TABLES: Record<Filter, Table> = {
  endpoint: 'endpoints',
  keyId: 'keys',
  method: 'methods',
  statusCode: 'statusCodes',
  errorType: 'errorTypes',
};

interface Props {
  view: View;
  filter: Filter;
  title: string;
  columns: string[];
  rows: readonly BarRow[];
  /** What stands there without rows. */
  empty?: string;
}

/** A table whose rows filter the view. */
export function Breakdown({ view, filter, empty = 'No requests.', ...table }: Props): ReactNode {
  return (
    <BarTable
      {...table}
      empty={empty}
      action={<CallButton table={TABLES[filter]} title={table.title} />}
      chosen={view.filters[filter]}
      onChoose={(value) => go(toggleFilter(view, filter, value))}
      {...(pageOf(view, filter, '') ? { pageOf: (value: string) => pageOf(view, filter, value) } : {})}
    />
  );
}

function rate(failed: number, all: number): string {
  return failed === 0 ? count(0) : percent((failed / all) * 100);
}

function endpointRows({ breakdown }: Usage): BarRow[] {
  return (breakdown?.byEndpoint ?? []).map(({ endpoint, requests, failedRequests, p95 }) => ({
    value: endpoint,
    size: requests,
    failed: failedRequests,
    cells: [count(requests), rate(failedRequests, requests), orNone(duration, p95)],
  }));
}

function keyRows({ breakdown }: Usage): BarRow[] {
  return (breakdown?.byKey ?? []).map(({ keyId, name, requests, failedRequests, percentage }) => ({
    value: keyId,
    label: name ?? keyId,
    fixed: keyId === OTHER,
    size: requests,
    failed: failedRequests,
    cells: [count(requests), rate(failedRequests, requests), percent(percentage)],
  }));
}

function methodRows({ breakdown }: Usage): BarRow[] {
  return (breakdown?.byMethod ?? []).map(({ method, requests, failedRequests, percentage }) => ({
    value: method,
    size: requests,
    failed: failedRequests,
    cells: [count(requests), rate(failedRequests, requests), percent(percentage)],
  }));
}

function statusRows({ breakdown }: Usage): BarRow[] {
  return (breakdown?.byStatusCode ?? [])
    .toSorted((a, b) => b.requests - a.requests)
    .map(({ statusCode, requests, percentage }) => ({
      value: String(statusCode),
      size: requests,
      failed: statusCode >= 400 ? requests : 0,
      cells: [count(requests), percent(percentage)],
    }));
}

function errorRows({ errors }: Usage): BarRow[] {
  return (errors?.byType ?? []).map(({ type, count: failed, percentage, description }) => ({
    value: type,
    hint: description,
    fixed: type === OTHER,
    size: failed,
    failed,
    cells: [count(failed), percent(percentage)],
  }));
}
