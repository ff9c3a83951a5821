/** The demo's keys in the service: found again by their metadata, or created. */
import { DAY, iso } from '@meterhouse/common';
import type { MeterhouseClient } from '../client';
import { CliError } from '../errors';
import type { KeyInfo, NewKey } from '../keys/key-info';
import { DEMO_KEYS, TOUR_KEY } from './accounts';
import type { DemoOptions } from './rhythm';

export interface DemoKeys {
  /** Key ids by slug. */
  ids: Map<string, string>;
  /** The options that the data in the service was made with; `anchor` is the first run's now. */
  options: DemoOptions;
  /** The newest event of an earlier run, epoch milliseconds; null when there is none. */
  newestEvent: number | null;
  tour: { keyId: string; apiKey: string };
  /** Whether the demo was there before. */
  repeated: boolean;
}

/** @throws CliError when the service holds demo data that was made with other options */
export async function ensureDemoKeys(client: MeterhouseClient, wanted: DemoOptions): Promise<DemoKeys> {
  const found = new Map<string, KeyInfo>();
  for (const key of await client.listKeys()) {
    const slug = key.metadata['slug'];
    if (key.metadata['demo'] === true && typeof slug === 'string' && key.status !== 'revoked') found.set(slug, key);
  }
  const options = agreedOptions([...found.values()], wanted);
  const ids = new Map<string, string>();
  for (const key of DEMO_KEYS) {
    const { slug, accountId, name, description, tier } = key;
    const expiresAt = key.expiresInDays === null ? {} : { expiresAt: iso(options.anchor + key.expiresInDays * DAY) };
    const existing = found.get(slug);
    const body = { accountId, name, description, tier, ...expiresAt, metadata: metadataOf(slug, options) };
    ids.set(slug, existing?.id ?? (await client.createKey({ ...body, permissions: ['events:write'] })).key.id);
  }
  return {
    ids,
    options,
    newestEvent: newestUse([...found.values()]),
    tour: await tourKey(client, found.get(TOUR_KEY.slug), options),
    repeated: found.size > 0,
  };
}

/** A secret is shown once only, so a demo that is run again gives the tour's key a new one. */
async function tourKey(
  client: MeterhouseClient,
  existing: KeyInfo | undefined,
  options: DemoOptions,
): Promise<DemoKeys['tour']> {
  if (existing) return { keyId: existing.id, apiKey: (await client.rotateKey(existing.id, 0)).apiKey };
  const { slug, permissions, ...rest } = TOUR_KEY;
  const body: NewKey = { ...rest, permissions: [...permissions], metadata: metadataOf(slug, options) };
  const { apiKey, key } = await client.createKey(body);
  return { keyId: key.id, apiKey };
}

function metadataOf(slug: string, { seed, events, days, anchor }: DemoOptions): Record<string, unknown> {
  return { demo: true, slug, seed, events, days, anchor: iso(anchor) };
}

function agreedOptions(found: readonly KeyInfo[], wanted: DemoOptions): DemoOptions {
  const first = found[0]?.metadata;
  if (!first) return wanted;
  const { seed, events, days, anchor } = first;
  if (seed !== wanted.seed || events !== wanted.events || days !== wanted.days || typeof anchor !== 'string') {
    throw new CliError(
      `The service already holds the demo of --days ${String(days)} --events ${String(events)} --seed ${String(seed)}: ` +
        'run it with these, or start the service with an empty DATA_DIR.',
    );
  }
  return { ...wanted, anchor: Date.parse(anchor) };
}

/** Nobody has the secrets of the demo's keys but the tour's, so their last use is the demo's last event. */
function newestUse(found: readonly KeyInfo[]): number | null {
  const uses = found
    .filter((key) => key.metadata['slug'] !== TOUR_KEY.slug && key.lastUsedAt !== null)
    .map((key) => Date.parse(key.lastUsedAt ?? ''));
  return uses.length === 0 ? null : Math.max(...uses);
}
