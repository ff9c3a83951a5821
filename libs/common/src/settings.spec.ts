import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettingsError, VARIABLES, loadSettings } from './settings';

const README = join(__dirname, '../../../docs/configuration.md');

/** The rows of the README's configuration table, whose first column is a variable in code marks. */
function readmeRows(): { name: string; default: string | null; meaning: string }[] {
  const row = /^\| `([A-Z][A-Z0-9_]*)` +\| (?:`([^`]+)`|unset) +\| (.+?) +\|$/gm;
  return [...readFileSync(README, 'utf8').matchAll(row)].map(([, name = '', value, meaning = '']) => ({
    name,
    default: value ?? null,
    meaning,
  }));
}

function errorOf(env: Record<string, string>): unknown {
  try {
    return loadSettings(env);
  } catch (error) {
    return error;
  }
}

describe('the README', () => {
  it('lists every variable, in order, with its default and its meaning', () => {
    expect(readmeRows()).toEqual(Object.entries(VARIABLES).map(([name, variable]) => ({ name, ...variable })));
  });
});

describe('loadSettings', () => {
  it('has a default for everything', () => {
    expect(loadSettings({})).toEqual({
      server: { port: 3_000, host: '127.0.0.1', trustProxy: [], corsOrigins: [], embedOrigins: [] },
      sql: { port: undefined, host: '127.0.0.1' },
      storage: {
        dataDir: './data',
        clickhouseUrl: undefined,
        memoryLimit: 2_048 * 1_048_576,
        logLimit: 1_024 * 1_048_576,
        connections: 4,
      },
      pathHashes: true,
      retention: { rawDays: 90, minuteDays: 400, hourDays: 730 },
      adminKey: undefined,
      redisUrl: undefined,
      anonymousPerMinute: 120,
      alerts: {
        minimumRequests: 20,
        errorRate: 5,
        p95LatencyMs: 1_000,
        throttledRate: 1,
        utilization: 80,
        trafficChange: 50,
        endpointFactor: 3,
        expiryDays: 7,
        unusedDays: 30,
      },
      channels: {
        secretsKey: undefined,
        allowedNetworks: [],
        smtp: undefined,
        pagerdutyUrl: 'https://events.pagerduty.com/v2/enqueue',
      },
    });
  });

  it('takes an empty or blank variable for one that is not set', () => {
    const blank = Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, ' ']));
    expect(loadSettings(blank)).toEqual(loadSettings({}));
  });

  it('reads what is set', () => {
    const settings = loadSettings({
      PORT: '0',
      HOST: '0.0.0.0',
      DATA_DIR: ' /var/lib/meterhouse ',
      CLICKHOUSE_URL: 'https://user:secret@clickhouse.example:8443/usage',
      ADMIN_KEY: 'a'.repeat(32),
      REDIS_URL: 'rediss://redis.example:6380',
      TRUST_PROXY: '10.0.0.0/8, 127.0.0.1,',
      CORS_ORIGINS: 'https://app.example.com, http://localhost:5173',
      EMBED_ORIGINS: 'https://portal.example.com',
      PUBLIC_URL: 'https://usage.example.com',
      ENGINE_MEMORY_MB: '512',
      ALERT_ERROR_RATE: '2.5',
      SMTP_URL: 'smtps://user:password@mail.example.com',
      SMTP_FROM: 'Meterhouse <alerts@example.com>',
      WEBHOOK_ALLOWED_NETWORKS: '10.1.0.0/16, fd00::/8',
    });
    expect(settings.server).toEqual({
      port: 0,
      host: '0.0.0.0',
      trustProxy: ['10.0.0.0/8', '127.0.0.1'],
      corsOrigins: ['https://app.example.com', 'http://localhost:5173'],
      embedOrigins: ['https://portal.example.com'],
      publicUrl: 'https://usage.example.com',
    });
    expect(settings.storage).toMatchObject({
      dataDir: '/var/lib/meterhouse',
      clickhouseUrl: 'https://user:secret@clickhouse.example:8443/usage',
      memoryLimit: 512 * 1_048_576,
    });
    expect(settings.adminKey).toBe('a'.repeat(32));
    expect(settings.redisUrl).toBe('rediss://redis.example:6380');
    expect(settings.alerts.errorRate).toBe(2.5);
    expect(settings.channels).toMatchObject({
      smtp: { url: 'smtps://user:password@mail.example.com', from: 'Meterhouse <alerts@example.com>' },
      allowedNetworks: ['10.1.0.0/16', 'fd00::/8'],
    });
  });

  it.each([
    ['PORT', '65536', 'PORT: expected a whole number from 0 to 65535, got "65536".'],
    ['PORT', '3000.5', 'PORT: expected a whole number from 0 to 65535, got "3000.5".'],
    ['PORT', 'http', 'PORT: expected a whole number from 0 to 65535, got "http".'],
    ['RETENTION_RAW_DAYS', '0', 'RETENTION_RAW_DAYS: expected a whole number from 1 to 10000, got "0".'],
    ['RETENTION_MINUTE_DAYS', '1', 'RETENTION_MINUTE_DAYS: expected a whole number from 2 to 10000, got "1".'],
    ['RETENTION_HOUR_DAYS', '90', 'RETENTION_HOUR_DAYS: expected a whole number from 91 to 10000, got "90".'],
    ['ENGINE_MEMORY_MB', '511', 'ENGINE_MEMORY_MB: expected a whole number from 512 to 1048576, got "511".'],
    ['ALERT_ERROR_RATE', '101', 'ALERT_ERROR_RATE: expected a number from 0 to 100, got "101".'],
    ['ALERT_ERROR_RATE', 'Infinity', 'ALERT_ERROR_RATE: expected a number from 0 to 100, got "Infinity".'],
    ['CLICKHOUSE_URL', 'clickhouse:8123', 'CLICKHOUSE_URL: expected a URL that starts with http:// or https://.'],
    ['REDIS_URL', 'http://redis', 'REDIS_URL: expected a URL that starts with redis:// or rediss://.'],
    [
      'TRUST_PROXY',
      '127.0.0.1, proxy',
      'TRUST_PROXY: expected IP addresses or ranges such as 10.0.0.0/8, got "proxy".',
    ],
    [
      'TRUST_PROXY',
      '10.0.0.0/33',
      'TRUST_PROXY: expected IP addresses or ranges such as 10.0.0.0/8, got "10.0.0.0/33".',
    ],
    ['ADMIN_KEY', 'a'.repeat(31), 'ADMIN_KEY: expected 32 characters or more, got 31.'],
    ['SECRETS_KEY', 'a'.repeat(31), 'SECRETS_KEY: expected 32 characters or more, got 31.'],
    [
      'PUBLIC_URL',
      'https://usage.example.com/meter',
      'PUBLIC_URL: expected an address without a path, such as https://usage.example.com.',
    ],
    ['SMTP_URL', 'mail.example.com', 'SMTP_URL: expected a URL that starts with smtp:// or smtps://.'],
    [
      'SMTP_URL',
      'smtp://mail.example.com',
      'SMTP_FROM: expected the sender of the mail that SMTP_URL takes, such as Meterhouse <alerts@example.com>.',
    ],
    [
      'WEBHOOK_ALLOWED_NETWORKS',
      'localhost',
      'WEBHOOK_ALLOWED_NETWORKS: expected IP addresses or ranges such as 10.0.0.0/8, got "localhost".',
    ],
  ])('refuses %s=%s', (name, value, message) => {
    const error = errorOf({ [name]: value });
    expect(error).toBeInstanceOf(SettingsError);
    expect(error).toHaveProperty('message', message);
  });

  it.each([
    '*',
    'https://a;sandbox',
    "https://'self'",
    'null',
    'app.example.com',
    'https://app.example.com/',
    'https://app.example.com/page',
    'https://App.example.com',
    'https://app.example.com:443',
    'https://*.example.com',
    'https://user@app.example.com',
    'ftp://app.example.com',
    'https://',
  ])('refuses CORS_ORIGINS=%s', (origin) => {
    expect(errorOf({ CORS_ORIGINS: `https://good.example.com,${origin}` })).toHaveProperty(
      'message',
      `CORS_ORIGINS: expected origins as browsers send them, such as https://app.example.com without a path, got "${origin}".`,
    );
  });

  it.each(['CLICKHOUSE_URL', 'REDIS_URL'])('keeps the password of a wrong %s to itself', (name) => {
    expect(String(errorOf({ [name]: 'ftp://user:secret@example.com' }))).not.toContain('secret');
  });
});
