/** What an import came to, counted as it goes and printed at its end. */
import { escapeControls } from '@meterhouse/common';
import { kindOf } from '../client';
import { grouped } from '../progress';

/** Line numbers shown for each reason. */
const SHOWN_LINES = 5;
/** Reasons counted one by one; a log of pure noise must not fill the memory. */
const MAX_REASONS = 50;

interface Reason {
  message: string;
  count: number;
  firstLines: number[];
}

export class ImportSummary {
  linesRead = 0;
  accepted = 0;
  duplicates = 0;
  rejected = 0;
  /** Of the rejected lines those that were not sent, because they do not have the layout of the format. */
  unreadable = 0;
  /** Events sent with `latencyMs` 0 because their line did not hold one. */
  withoutLatency = 0;
  private readonly reasons = new Map<string, Reason>();
  /** Lines that stand for no request, by what they were. */
  private readonly noRequests = new Map<string, number>();

  /** Counts a line without a request. @param kind one of `NO_REQUEST` */
  passOver(kind: string): void {
    this.noRequests.set(kind, (this.noRequests.get(kind) ?? 0) + 1);
  }

  reject(line: number, message: string): void {
    this.rejected++;
    const kind = kindOf(message);
    const key = this.reasons.has(kind) || this.reasons.size < MAX_REASONS ? kind : 'other';
    const reason = this.reasons.get(key) ?? {
      message: key === 'other' ? 'other reasons' : escapeControls(message),
      count: 0,
      firstLines: [],
    };
    reason.count++;
    if (reason.firstLines.length < SHOWN_LINES) reason.firstLines.push(line);
    this.reasons.set(key, reason);
  }

  /** Events that the service has. */
  get arrived(): number {
    return this.accepted + this.duplicates;
  }

  toString(): string {
    const noRequest = [...this.noRequests.values()].reduce((sum, count) => sum + count, 0);
    const rows: [string, number][] = [
      ['Lines read', this.linesRead],
      ['Accepted', this.accepted],
      ['Duplicates', this.duplicates],
      ['Rejected', this.rejected],
      ...(noRequest === 0 ? [] : [['No request', noRequest] satisfies [string, number]]),
    ];
    const width = Math.max(...rows.map(([, value]) => grouped(value).length));
    const counts = rows.map(([name, value]) => `${name.padEnd(11)} ${grouped(value).padStart(width)}`);
    return [...counts, ...this.reasonLines(), ...this.notes()].join('\n');
  }

  private reasonLines(): string[] {
    const sorted = [...this.reasons.values()].sort((a, b) => b.count - a.count);
    return sorted.map(({ message, count, firstLines }) => {
      const numbers = [...firstLines].sort((a, b) => a - b).join(', ');
      const more = count > firstLines.length ? ', …' : '';
      return `  ${grouped(count)} × ${message} (${count === 1 ? 'line' : 'lines'} ${numbers}${more})`;
    });
  }

  private notes(): string[] {
    const notes: string[] = [];
    if (this.noRequests.size > 0) {
      const kinds = [...this.noRequests].sort(([, a], [, b]) => b - a);
      notes.push(`No request on the line: ${kinds.map(([kind, count]) => `${grouped(count)} × ${kind}`).join(', ')}.`);
    }
    if (this.withoutLatency > 0) {
      notes.push(`Latency: ${grouped(this.withoutLatency)} events were sent with latencyMs 0: their lines hold none.`);
    }
    const reasons = [...this.reasons.values()].map(({ message }) => message);
    // Times in epoch seconds only look old, and their reason says so.
    if (reasons.some((message) => message.includes('days old') && !message.includes('epoch seconds'))) {
      notes.push('Events older than the raw retention are refused: --shift-to now moves all dates up to today.');
    }
    if (reasons.some((message) => message.includes('name its account in accountId'))) {
      notes.push('--account names the account of a key that the service has not seen.');
    }
    if (reasons.some((message) => message.includes('in this account'))) {
      notes.push(
        'The events name a key that is not of the account: "meterhouse keys list" shows those that are. To import for ' +
          'another account, call with a key of it, or as an admin name it with --account.',
      );
    }
    return notes;
  }
}
