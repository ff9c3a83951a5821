/** Loads the demo into a running service: keys first, then events in order of time, in large batches. */
import { DAY, MINUTE } from '@meterhouse/common';
import { forEachConcurrent } from '../batches';
import type { MeterhouseClient } from '../client';
import { type Progress, grouped } from '../progress';
import { type DemoKeys, ensureDemoKeys } from './demo-keys';
import { ensureDemoRules } from './demo-rules';
import { type DemoEvent, demoEvents } from './generator';
import type { DemoOptions, Stretch } from './rhythm';

/** The most events a call may hold. */
const BATCH_EVENTS = 10_000;
const IN_FLIGHT = 2;
/** The oldest events must not pass the raw retention while they are on their way. */
const RETENTION_MARGIN = 10 * MINUTE;
/** The service knows the ids of events again for seven days; one is kept for safety. */
const IDS_KNOWN_FOR = 6 * DAY;

export interface DemoResult {
  accepted: number;
  duplicates: number;
  rejected: number;
  /** Why the first rejected event was rejected. */
  firstRejection: string | null;
  keys: DemoKeys;
}

/** Needs an admin's key. Run again on the same service, it adds only what is newer than the last run. */
export async function runDemo(
  client: MeterhouseClient,
  wanted: Omit<DemoOptions, 'anchor'> & { now: number },
  progress: Progress,
): Promise<DemoResult> {
  const { now, ...rest } = wanted;
  const keys = await ensureDemoKeys(client, { ...rest, anchor: now });
  const result: DemoResult = { accepted: 0, duplicates: 0, rejected: 0, firstRejection: null, keys };
  const stretch = missing(keys, now);
  progress.start('Loading demo data', stretch.to - stretch.from);
  try {
    await forEachConcurrent(batches(demoEvents(keys.options, stretch)), IN_FLIGHT, async (batch) => {
      const sent = await client.sendEvents(batch.map((event) => asJson(event, keys.ids)));
      result.accepted += sent.accepted;
      result.duplicates += sent.duplicates;
      result.rejected += sent.rejected.length;
      result.firstRejection ??= sent.rejected[0]?.message ?? null;
      const reached = batch.at(-1)?.timestamp ?? stretch.from;
      progress.update(reached - stretch.from, `${grouped(result.accepted + result.duplicates)} events`);
    });
    progress.update(stretch.to - stretch.from, `${grouped(result.accepted + result.duplicates)} events`);
  } finally {
    progress.stop();
  }
  await ensureDemoRules(client);
  return result;
}

/** All of the demo's days while the service still knows their ids; after that what came since the last event. */
function missing({ options, newestEvent }: DemoKeys, now: number): Stretch {
  const from = now - options.days * DAY + RETENTION_MARGIN;
  const idsForgotten = now - options.anchor > IDS_KNOWN_FOR && newestEvent !== null;
  return { from: idsForgotten ? Math.max(from, newestEvent + 1) : from, to: now };
}

function* batches(events: Iterable<DemoEvent>): Generator<DemoEvent[]> {
  let batch: DemoEvent[] = [];
  for (const event of events) {
    batch.push(event);
    if (batch.length === BATCH_EVENTS) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function asJson({ key, ...event }: DemoEvent, ids: ReadonlyMap<string, string>): string {
  return JSON.stringify({ ...event, keyId: ids.get(key.slug) });
}
