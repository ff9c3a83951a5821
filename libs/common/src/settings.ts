/** The environment, read once into one typed object; a wrong variable ends the process with its name. */
import { isIP } from 'node:net';

/** What alerts compare with. Percentages are 0 to 100, latencies milliseconds. */
export interface AlertThresholds {
  /** Fewer requests than this in the window raise no rate or latency alert. */
  minimumRequests: number;
  errorRate: number;
  p95LatencyMs: number;
  throttledRate: number;
  utilization: number;
  /** Change against the previous period, in percent either way. */
  trafficChange: number;
  /** How many times the rest's error rate or p95 one endpoint must have. */
  endpointFactor: number;
  expiryDays: number;
  unusedDays: number;
}

/** Days for which rows are retained at least; day rollups are retained for ever. */
export interface Retention {
  rawDays: number;
  /** Of traffic_minute. */
  minuteDays: number;
  /** Of traffic_hour and usage_hour. */
  hourDays: number;
}

/** What channels of alerts are sent with. */
export interface ChannelSettings {
  /** What their secrets are encrypted with; undefined: a key of the service's own in the data folder. */
  secretsKey: string | undefined;
  /** Networks such as 10.0.0.0/8 to which messages go though they are not public. */
  allowedNetworks: string[];
  /** The server that mail is handed to, and its sender; undefined: there are no channels of mail. */
  smtp: { url: string; from: string } | undefined;
  /** Where PagerDuty takes events. */
  pagerdutyUrl: string;
}

/** What the environment says. A class, so that it can be injected by its type. */
export abstract class Settings {
  abstract readonly server: {
    port: number;
    host: string;
    trustProxy: string[];
    corsOrigins: string[];
    /** Whose pages may frame the dashboard at `/embed`. */
    embedOrigins: string[];
    /** Where people reach the service, for links in notifications: an origin. Undefined: where callers reach it. */
    publicUrl: string | undefined;
  };
  /** The listener for BI tools; without a port there is none. */
  abstract readonly sql: { port: number | undefined; host: string };
  abstract readonly storage: {
    dataDir: string;
    /** A ClickHouse server; undefined means the embedded engine in `dataDir`. */
    clickhouseUrl: string | undefined;
    /** The most memory the embedded engine takes, in bytes. */
    memoryLimit: number;
    /** Accepted events may fill this many bytes of disk while ClickHouse does not take them. */
    logLimit: number;
    /** Connections to the engine, which is how many queries run at once. */
    connections: number;
  };
  abstract readonly retention: Retention;
  /** Whether events are stored with a hash of their path. */
  abstract readonly pathHashes: boolean;
  abstract readonly adminKey: string | undefined;
  /**
   * Where instances share rate limits and the ids of events that have been claimed. An id that Redis forgets can count
   * twice: it must write an append-only file and evict nothing. Undefined: both are this process's own.
   */
  abstract readonly redisUrl: string | undefined;
  /** Calls a minute from one client address without a valid key. */
  abstract readonly anonymousPerMinute: number;
  abstract readonly alerts: AlertThresholds;
  abstract readonly channels: ChannelSettings;
}

/** One environment variable. */
export interface Variable {
  name: string;
  /** As text, or null when unset means something of its own. */
  default: string | null;
  /** What it means, for the README's table. */
  meaning: string;
}

/** A variable that cannot be used; the message names it and says what would be right. */
export class SettingsError extends Error {}

type Environment = Record<string, string | undefined>;

/** Every variable the service reads, in the README's order. */
export const VARIABLES = {
  PORT: variable('3000', 'port to listen on; 0 takes a free one'),
  HOST: variable('127.0.0.1', 'address to listen on'),
  SQL_PORT: variable(null, 'port on which BI tools send SQL as to a ClickHouse server; unset: none'),
  SQL_HOST: variable(null, 'address for `SQL_PORT` to listen on; unset: that of `HOST`'),
  DATA_DIR: variable('./data', "the embedded engine's folder"),
  CLICKHOUSE_URL: variable(null, 'a ClickHouse server; unset: the embedded engine in `DATA_DIR`'),
  ADMIN_KEY: variable(
    null,
    'secret of the first admin key, 32 characters or more; another one replaces it; unset: made and printed once',
  ),
  REDIS_URL: variable(
    null,
    'rate limits and the ids of events that several instances share; must persist and evict nothing',
  ),
  CORS_ORIGINS: variable(
    null,
    'origins such as `https://app.example.com`, comma-separated, whose pages may call the service',
  ),
  EMBED_ORIGINS: variable(
    null,
    'origins such as `https://portal.example.com`, comma-separated, whose pages may frame `/embed`; unset: nobody may',
  ),
  PUBLIC_URL: variable(
    null,
    'where people reach the service, for links in notifications, such as `https://usage.example.com`; unset: where the rule was written',
  ),
  TRUST_PROXY: variable(null, 'addresses or ranges, comma-separated, whose `X-Forwarded-For` is believed'),
  ANONYMOUS_REQUESTS_PER_MINUTE: variable('120', 'calls a minute from one address without a valid key'),
  RETENTION_RAW_DAYS: variable('90', 'days raw events are kept; older events are refused'),
  // A year and a month: windows of a year are then exact to the minute, and so are their days in zones off the hour.
  RETENTION_MINUTE_DAYS: variable(
    '400',
    "days minute rollups are kept; 400: a year's window is exact, in any time zone",
  ),
  RETENTION_HOUR_DAYS: variable('730', 'days hour rollups are kept; day rollups are kept for ever'),
  PATH_HASHES: variable(
    'on',
    '`off`: events are stored without a hash of their path, and advice does not see calls for one item after the other',
  ),
  EVENT_LOG_MB: variable('1024', 'most disk that accepted events take while ClickHouse does not take them, in MiB'),
  ENGINE_MEMORY_MB: variable('2048', 'most memory the embedded engine takes, in MiB'),
  ENGINE_CONNECTIONS: variable('4', 'queries that run at once'),
  ALERT_MINIMUM_REQUESTS: variable('20', 'requests below which rates and latencies raise no alert'),
  ALERT_ERROR_RATE: variable('5', 'error rate, in percent'),
  ALERT_P95_LATENCY_MS: variable('1000', '95th percentile of latency, in milliseconds'),
  ALERT_THROTTLED_RATE: variable('1', 'throttled requests, in percent'),
  ALERT_UTILIZATION: variable('80', 'use of a rate limit, in percent'),
  ALERT_TRAFFIC_CHANGE: variable('50', 'change of traffic against the previous period, in percent'),
  ALERT_ENDPOINT_FACTOR: variable('3', "times the other endpoints' error rate or p95 that one endpoint must reach"),
  ALERT_EXPIRY_DAYS: variable('7', 'days before its expiry at which a key is reported'),
  ALERT_UNUSED_DAYS: variable('30', 'days without an event or a call after which a key is reported'),
  SECRETS_KEY: variable(
    null,
    'encrypts the secrets of alert channels, 32 characters or more; unset: a key made and stored in `DATA_DIR`',
  ),
  WEBHOOK_ALLOWED_NETWORKS: variable(
    null,
    'addresses or ranges, comma-separated, that alert channels may reach though they are not public',
  ),
  SMTP_URL: variable(null, 'mail server for alert channels, such as `smtps://user:password@mail.example.com`'),
  SMTP_FROM: variable(null, 'sender of that mail; needed with `SMTP_URL`'),
  PAGERDUTY_URL: variable(
    'https://events.pagerduty.com/v2/enqueue',
    'where PagerDuty takes events; in its EU region `https://events.eu.pagerduty.com/v2/enqueue`',
  ),
} satisfies Record<string, Omit<Variable, 'name'>>;

type VariableName = keyof typeof VARIABLES;

/** The longest retention. The engine's dates end in 2106 and begin anew: rows retained beyond it would be dropped at once. */
const MAX_DAYS = 10_000;

function variable(defaultValue: string | null, meaning: string): Omit<Variable, 'name'> {
  return { default: defaultValue, meaning };
}

/** Reads and checks the environment. @throws SettingsError naming the first variable that is wrong */
export function loadSettings(env: Environment = process.env): Settings {
  const text = (name: VariableName): string | undefined => {
    const value = env[name]?.trim();
    return value === undefined || value === '' ? (VARIABLES[name].default ?? undefined) : value;
  };
  const number = (name: VariableName, min: number, max: number, whole = true): number => {
    const value = Number(text(name));
    if (!Number.isFinite(value) || (whole && !Number.isInteger(value)) || value < min || value > max) {
      const kind = whole ? 'a whole number' : 'a number';
      throw new SettingsError(`${name}: expected ${kind} from ${min} to ${max}, got "${env[name]}".`);
    }
    return value;
  };
  const origins = (name: VariableName): string[] =>
    listed(name, text(name), isOrigin, 'origins as browsers send them, such as https://app.example.com without a path');
  return {
    server: {
      port: number('PORT', 0, 65_535),
      host: text('HOST') ?? '127.0.0.1',
      trustProxy: listed('TRUST_PROXY', text('TRUST_PROXY'), isRange, 'IP addresses or ranges such as 10.0.0.0/8'),
      corsOrigins: origins('CORS_ORIGINS'),
      embedOrigins: origins('EMBED_ORIGINS'),
      publicUrl: origin('PUBLIC_URL', text('PUBLIC_URL')),
    },
    sql: {
      port: text('SQL_PORT') === undefined ? undefined : number('SQL_PORT', 0, 65_535),
      host: text('SQL_HOST') ?? text('HOST') ?? '127.0.0.1',
    },
    storage: {
      dataDir: text('DATA_DIR') ?? './data',
      clickhouseUrl: url('CLICKHOUSE_URL', text('CLICKHOUSE_URL'), ['http:', 'https:']),
      memoryLimit: number('ENGINE_MEMORY_MB', 512, 1_048_576) * 1_048_576,
      logLimit: number('EVENT_LOG_MB', 1, 1_048_576) * 1_048_576,
      connections: number('ENGINE_CONNECTIONS', 1, 64),
    },
    // The windows of GET /usage must find their rollup: 24h reads minutes, 90d reads hours.
    retention: {
      rawDays: number('RETENTION_RAW_DAYS', 1, MAX_DAYS),
      minuteDays: number('RETENTION_MINUTE_DAYS', 2, MAX_DAYS),
      hourDays: number('RETENTION_HOUR_DAYS', 91, MAX_DAYS),
    },
    pathHashes: onOrOff('PATH_HASHES', text('PATH_HASHES') ?? 'on'),
    adminKey: longSecret('ADMIN_KEY', text('ADMIN_KEY')),
    redisUrl: url('REDIS_URL', text('REDIS_URL'), ['redis:', 'rediss:']),
    anonymousPerMinute: number('ANONYMOUS_REQUESTS_PER_MINUTE', 1, 1_000_000),
    alerts: {
      minimumRequests: number('ALERT_MINIMUM_REQUESTS', 1, 1_000_000_000),
      errorRate: number('ALERT_ERROR_RATE', 0, 100, false),
      p95LatencyMs: number('ALERT_P95_LATENCY_MS', 0, 3_600_000, false),
      throttledRate: number('ALERT_THROTTLED_RATE', 0, 100, false),
      utilization: number('ALERT_UTILIZATION', 0, 100, false),
      trafficChange: number('ALERT_TRAFFIC_CHANGE', 1, 1_000_000, false),
      endpointFactor: number('ALERT_ENDPOINT_FACTOR', 1, 1_000_000, false),
      expiryDays: number('ALERT_EXPIRY_DAYS', 0, 3_650),
      unusedDays: number('ALERT_UNUSED_DAYS', 1, 3_650),
    },
    channels: {
      secretsKey: longSecret('SECRETS_KEY', text('SECRETS_KEY')),
      allowedNetworks: listed(
        'WEBHOOK_ALLOWED_NETWORKS',
        text('WEBHOOK_ALLOWED_NETWORKS'),
        isRange,
        'IP addresses or ranges such as 10.0.0.0/8',
      ),
      smtp: smtp(url('SMTP_URL', text('SMTP_URL'), ['smtp:', 'smtps:']), text('SMTP_FROM')),
      pagerdutyUrl: url('PAGERDUTY_URL', text('PAGERDUTY_URL'), ['http:', 'https:']) ?? '',
    },
  };
}

function url(name: string, value: string | undefined, protocols: string[]): string | undefined {
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
    throw new SettingsError(`${name}: expected a URL that starts with ${protocols.join('// or ')}//.`);
  }
  return value;
}

/** The values of a comma-separated list, each of which has to be `right`. */
function listed(
  name: VariableName,
  value: string | undefined,
  isRight: (item: string) => boolean,
  right: string,
): string[] {
  const items = (value ?? '').split(',').map((item) => item.trim());
  const given = items.filter((item) => item !== '');
  const wrong = given.find((item) => !isRight(item));
  if (wrong === undefined) return given;
  throw new SettingsError(`${name}: expected ${right}, got "${wrong}".`);
}

/**
 * Compared with the `Origin` header character by character, so that another spelling would never match. It also stands in
 * a policy, where a `;` of a host would end the directive.
 */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[\w.:[\]-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** @throws SettingsError for a path, which no address of this service begins with */
function origin(name: VariableName, value: string | undefined): string | undefined {
  if (value === undefined || isOrigin(value)) return value;
  throw new SettingsError(`${name}: expected an address without a path, such as https://usage.example.com.`);
}

function isRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function onOrOff(name: VariableName, value: string): boolean {
  if (value === 'on' || value === 'off') return value === 'on';
  throw new SettingsError(`${name}: expected on or off, got "${value}".`);
}

function longSecret(name: VariableName, value: string | undefined): string | undefined {
  if (value !== undefined && value.length < 32) {
    throw new SettingsError(`${name}: expected 32 characters or more, got ${value.length}.`);
  }
  return value;
}

function smtp(server: string | undefined, from: string | undefined): { url: string; from: string } | undefined {
  if (server === undefined) return undefined;
  if (from === undefined || !/^[^\r\n@]*[^\s@<]+@[^\s@]+$/.test(from)) {
    throw new SettingsError(
      'SMTP_FROM: expected the sender of the mail that SMTP_URL takes, such as Meterhouse <alerts@example.com>.',
    );
  }
  return { url: server, from };
}
