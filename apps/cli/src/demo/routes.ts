/** The routes of the demo's API: a shop's back end. */

export type Area = 'catalog' | 'orders' | 'payments' | 'users' | 'reports';

export interface Route {
  method: string;
  endpoint: string;
  area: Area;
  /** Share of traffic; the list follows a power law. */
  weight: number;
  /** Milliseconds that half of the answers take, and how far the others are from it. */
  latency: { median: number; sigma: number };
  /** Half of the bodies are smaller than this, in bytes. */
  requestBytes: number;
  responseBytes: number;
  /** Whether it fails and is slow in the incident. */
  inIncident: boolean;
}

type Row = [
  method: string,
  endpoint: string,
  area: Area,
  median: number,
  sigma: number,
  sent: number,
  answered: number,
];

/** Most used first. */
const ROWS: readonly Row[] = [
  ['GET', '/v1/products', 'catalog', 34, 0.55, 0, 18_400],
  ['GET', '/v1/products/{id}', 'catalog', 12, 0.5, 0, 3_200],
  ['GET', '/v1/search', 'catalog', 85, 0.7, 0, 9_600],
  ['GET', '/v1/carts/{id}', 'orders', 18, 0.45, 0, 1_900],
  ['POST', '/v1/carts/{id}/items', 'orders', 42, 0.5, 310, 2_100],
  ['GET', '/v1/users/{id}', 'users', 9, 0.45, 0, 1_100],
  ['POST', '/v1/sessions', 'users', 120, 0.35, 240, 640],
  ['GET', '/v1/orders/{id}', 'orders', 22, 0.5, 0, 2_700],
  ['GET', '/v1/orders', 'orders', 64, 0.6, 0, 14_200],
  ['POST', '/v1/orders', 'orders', 140, 0.5, 1_800, 2_900],
  ['POST', '/v1/payments', 'payments', 310, 0.55, 720, 980],
  ['GET', '/v1/payments/{id}', 'payments', 26, 0.5, 0, 1_050],
  ['GET', '/v1/inventory/{id}', 'catalog', 8, 0.4, 0, 420],
  ['PATCH', '/v1/inventory/{id}', 'catalog', 31, 0.5, 190, 430],
  ['PUT', '/v1/users/{id}/addresses', 'users', 38, 0.45, 520, 560],
  ['GET', '/v1/recommendations', 'catalog', 160, 0.65, 0, 6_800],
  ['POST', '/v1/events/webhooks', 'orders', 27, 0.6, 2_400, 60],
  ['GET', '/v1/shipments/{id}', 'orders', 48, 0.6, 0, 1_700],
  ['POST', '/v1/shipments', 'orders', 190, 0.5, 1_300, 1_500],
  ['DELETE', '/v1/carts/{id}', 'orders', 16, 0.4, 0, 0],
  ['POST', '/v1/payments/{id}/refunds', 'payments', 270, 0.5, 260, 900],
  ['GET', '/v1/reports/sales', 'reports', 740, 0.8, 0, 86_000],
  ['DELETE', '/v1/sessions/{id}', 'users', 11, 0.4, 0, 0],
  ['POST', '/v1/exports', 'reports', 1_150, 0.7, 380, 240],
  ['GET', '/v1/exports/{id}', 'reports', 95, 0.9, 0, 410_000],
];

const IN_INCIDENT = new Set([
  '/v1/orders',
  '/v1/orders/{id}',
  '/v1/payments',
  '/v1/payments/{id}',
  '/v1/carts/{id}',
  '/v1/carts/{id}/items',
]);

export const ROUTES: readonly Route[] = ROWS.map(([method, endpoint, area, median, sigma, sent, answered], rank) => ({
  method,
  endpoint,
  area,
  weight: 1 / (rank + 1) ** 1.05,
  latency: { median, sigma },
  requestBytes: sent,
  responseBytes: answered,
  inIncident: IN_INCIDENT.has(endpoint),
}));
