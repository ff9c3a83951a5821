/** Runs the statements of rules. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type ReadOptions } from '@meterhouse/clickhouse';
import { DAY, HOUR, type Span } from '@meterhouse/common';
import type { Filters } from '../usage/request/filters';
import { WindowRows } from '../usage/read/window-rows';
import { type About, type Judged, adviceId, subjectOf } from './advice';
import type { Rule } from './rules/rule.sql';

export type { ReadOptions };

/** Subjects that a rule judges; of more, those with the most weight. */
const MAX_ROWS = 1_000;

/** Raw events that a rule reads, at most, but for those of one hour; and how far back. */
const MAX_RAW_EVENTS = 500_000;
const MAX_RAW_MS = 7 * DAY;

/** Whose requests are looked at. */
export interface AdviceScope {
  account: string;
  filters: Filters;
}

@Injectable()
export class AdviceRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /**
   * What a rule says of its subjects, faulty or not.
   * @param watched subjects that are judged however little weight they have
   */
  async judge(
    rule: Rule,
    { account, filters }: AdviceScope,
    about: About,
    watched: readonly string[],
    options: ReadOptions,
  ): Promise<Judged[]> {
    const span = rule.reads === 'raw' ? about.raw : about.window;
    if (span.from >= span.to) return [];
    const rows = new WindowRows({ scope: account, filters });
    const found = await this.clickhouse.query(
      `
      SELECT * FROM (${rule.sql(rows, about)})
      ORDER BY has(${rows.bind('Array(String)', watched)}, concat(key, '\\n', name)) DESC, weight DESC, key, name
      LIMIT ${MAX_ROWS}
      `,
      rows.parameters,
      { ...options, account },
    );
    return rule.judge(found, about).map((candidate): Judged => {
      const endpoint = rule.ofWholeKey ? null : candidate.endpoint;
      const subject = subjectOf(candidate.keyId ?? '', endpoint ?? '');
      return { ...candidate, ...span, type: rule.type, id: adviceId(account, rule.type, subject) };
    });
  }

  /** The end of a window whose raw events a rule may read. @param kept from when on raw events are stored */
  async rawEnd({ account, filters }: AdviceScope, window: Span, kept: number, options: ReadOptions): Promise<Span> {
    const from = Math.max(window.from, kept, window.to - MAX_RAW_MS);
    if (from >= window.to) return { from: window.to, to: window.to };
    const rows = new WindowRows({ scope: account, filters });
    const hours = await this.clickhouse.query(
      `
      SELECT toUnixTimestamp(toStartOfHour(bucket)) AS hour, sum(requests) AS request_count
      FROM (${rows.usage(['bucket'], { from, to: window.to }, 'hour')})
      GROUP BY hour
      ORDER BY hour DESC
      `,
      rows.parameters,
      { ...options, account },
    );
    let [events, start] = [0, window.to];
    for (const hour of hours) {
      events += hour.number('request_count');
      if (events > MAX_RAW_EVENTS && start < window.to) return { from: Math.max(from, start), to: window.to };
      start = hour.number('hour') * 1_000;
    }
    return { from: events > MAX_RAW_EVENTS ? Math.max(from, window.to - HOUR) : from, to: window.to };
  }
}
