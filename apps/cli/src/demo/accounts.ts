/** The demo's customers and their keys. */
import type { Area } from './routes';

export type Tier = 'free' | 'starter' | 'professional' | 'enterprise';

/** Requests a clock minute past which a tier answers 429; the enterprise keys of the demo have no limit. */
export const TIER_PER_MINUTE: Record<Tier, number> = {
  free: 60,
  starter: 300,
  professional: 1_000,
  enterprise: Infinity,
};

/** A job that runs at fixed times and may go over the limit of its key. */
export interface Job {
  /** Day of the week in UTC, 0 is Sunday; null is every day. */
  weekday: number | null;
  /** Minutes after midnight UTC. */
  startMinute: number;
  minutes: number;
  /** Calls a minute, at least and at most. */
  perMinute: [number, number];
}

export interface DemoKey {
  /** `account/name`: what the key is found again by. */
  slug: string;
  accountId: string;
  name: string;
  description: string;
  tier: Tier;
  /** Share of all steady traffic, before daily and weekly rhythm. */
  weight: number;
  /** The areas it calls, all if empty. */
  areas: readonly Area[];
  /** Hours its customers are ahead of UTC. */
  utcOffset: number;
  /** Traffic on Saturday and Sunday, as a share of a weekday's. */
  weekend: number;
  /** How many times as much traffic there is at the end as 90 days before; 1 is steady. */
  growth: number;
  job: Job | null;
  /** Days after the start of the demo at which it expires. */
  expiresInDays: number | null;
}

interface AccountRow {
  id: string;
  utcOffset: number;
  weekend: number;
  growth?: number;
  keys: [name: string, description: string, tier: Tier, share: number, areas: Area[], extra?: Partial<DemoKey>][];
}

/** Largest first; the shares follow a power law. */
const ACCOUNTS: readonly AccountRow[] = [
  {
    id: 'northgate-market',
    utcOffset: 1,
    weekend: 0.7,
    keys: [
      ['storefront', 'The web shop', 'professional', 0.62, []],
      ['mobile-app', 'iOS and Android apps', 'professional', 0.3, ['catalog', 'orders', 'users', 'payments']],
      ['backoffice', 'Order desk and reports', 'starter', 0.08, ['orders', 'reports', 'payments']],
    ],
  },
  {
    id: 'blueharbor-travel',
    utcOffset: 0,
    weekend: 0.8,
    keys: [
      ['booking-site', 'Booking pages', 'professional', 0.8, []],
      ['partner-feed', 'Offers for partner sites', 'starter', 0.2, ['catalog']],
    ],
  },
  {
    id: 'kite-rides',
    utcOffset: 2,
    weekend: 0.75,
    growth: 18,
    keys: [['rider-app', 'The app that everybody installs', 'enterprise', 1, ['orders', 'payments', 'users']]],
  },
  {
    id: 'lumen-clinics',
    utcOffset: 1,
    weekend: 0.2,
    keys: [
      ['patient-portal', 'Appointments and bills', 'professional', 0.7, ['users', 'orders', 'payments']],
      ['old-portal', 'To be replaced by patient-portal', 'starter', 0.3, ['users', 'orders'], { expiresInDays: 3 }],
    ],
  },
  {
    id: 'cedar-grocers',
    utcOffset: 0,
    weekend: 0.9,
    keys: [
      ['shop', 'Groceries to the door', 'starter', 1, []],
      [
        'catalog-sync',
        'Copies prices and stock every night',
        'free',
        0,
        ['catalog'],
        { job: { weekday: null, startMinute: 130, minutes: 4, perMinute: [38, 92] } },
      ],
    ],
  },
  {
    id: 'atlas-freight',
    utcOffset: 0,
    weekend: 0.3,
    keys: [
      ['tracking', 'Shipment tracking', 'starter', 1, ['orders']],
      [
        'weekly-billing',
        'Bills of the week, Mondays',
        'starter',
        0,
        ['payments', 'reports'],
        { job: { weekday: 1, startMinute: 565, minutes: 3, perMinute: [280, 370] } },
      ],
    ],
  },
  { id: 'fernwood-books', utcOffset: -5, weekend: 0.9, keys: [['website', 'Book shop', 'starter', 1, []]] },
  { id: 'polar-games', utcOffset: -8, weekend: 1.1, keys: [['game-store', 'In-game store', 'starter', 1, []]] },
  {
    id: 'quill-media',
    utcOffset: 0,
    weekend: 0.5,
    keys: [['subscriptions', 'Subscriber accounts', 'starter', 1, ['users', 'payments']]],
  },
  {
    id: 'riverbank-credit',
    utcOffset: 1,
    weekend: 0.25,
    keys: [
      ['payments-bridge', 'Card payments', 'enterprise', 1, ['payments']],
      ['disaster-recovery', 'For the second site; never called so far', 'enterprise', 0, ['payments']],
    ],
  },
  { id: 'tandem-fitness', utcOffset: 1, weekend: 0.8, keys: [['members', 'Members area', 'free', 1, ['users']]] },
  { id: 'vela-energy', utcOffset: 1, weekend: 0.4, keys: [['customer-centre', 'Tariffs and bills', 'free', 1, []]] },
];

export const DEMO_KEYS: readonly DemoKey[] = ACCOUNTS.flatMap((account, rank) =>
  account.keys.map(([name, description, tier, share, areas, extra]) => ({
    slug: `${account.id}/${name}`,
    accountId: account.id,
    name,
    description,
    tier,
    weight: share / (rank + 1) ** 1.15,
    areas,
    utcOffset: account.utcOffset,
    weekend: account.weekend,
    growth: account.growth ?? 1,
    job: null,
    expiresInDays: null,
    ...extra,
  })),
);

export const ACCOUNT_COUNT = ACCOUNTS.length;

/** The key that the demo hands to the person who runs it: it reads the largest account and sends events to it. */
export const TOUR_KEY = {
  slug: 'northgate-market/tour',
  accountId: 'northgate-market',
  name: 'tour',
  description: 'Printed at the end of the demo, for trying the API',
  tier: 'professional',
  permissions: ['usage:read', 'events:write', 'keys:read', 'alerts:write', 'sql:read'],
} as const;
