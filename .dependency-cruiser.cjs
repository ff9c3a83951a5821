/** Who may import whom; every rule is an error. */

/** Each folder of apps/api/src with the folders it may import from. A new capability gets a line here. */
const MAY_IMPORT = {
  'alert-rules': [
    'alert-channels',
    'cost',
    'capacity',
    'usage',
    'endpoints',
    'admission',
    'audit',
    'auth',
    'storage',
    'monitoring',
    'http',
  ],
  maintenance: ['ingest', 'audit', 'auth', 'storage', 'monitoring', 'http'],
  'alert-channels': ['admission', 'audit', 'auth', 'storage', 'monitoring', 'http'],
  tokens: ['audit', 'auth', 'http'],
  me: ['auth', 'http'],
  dashboard: ['http'],
  plans: ['audit', 'auth', 'storage', 'http'],
  cost: ['plans', 'forecast', 'usage', 'endpoints', 'admission', 'auth', 'storage', 'http'],
  sql: ['admission', 'rate-limiting', 'auth', 'storage', 'monitoring', 'http'],
  accounts: ['audit', 'admission', 'auth', 'storage', 'http'],
  keys: ['usage', 'accounts', 'rate-limiting', 'audit', 'auth', 'storage', 'http'],
  advice: ['cost', 'plans', 'usage', 'audit', 'admission', 'rate-limiting', 'auth', 'storage', 'http'],
  usage: ['alerts', 'endpoints', 'accounts', 'admission', 'rate-limiting', 'auth', 'storage', 'monitoring', 'http'],
  capacity: ['usage', 'admission', 'rate-limiting', 'auth', 'storage', 'http'],
  resources: ['auth', 'storage', 'monitoring', 'http'],
  tiers: ['usage', 'admission', 'rate-limiting', 'auth', 'storage', 'http'],
  forecast: ['usage', 'admission', 'auth', 'storage', 'http'],
  live: ['auth', 'storage', 'monitoring', 'http'],
  audit: ['admission', 'auth', 'storage', 'monitoring', 'http'],
  admission: ['storage', 'monitoring', 'http'],
  'rate-limiting': ['accounts', 'auth', 'storage', 'http'],
  ingest: ['endpoints', 'accounts', 'rate-limiting', 'audit', 'auth', 'storage', 'monitoring', 'http'],
  endpoints: ['accounts', 'storage', 'http'],
  auth: ['storage', 'http'],
  health: ['auth', 'storage', 'monitoring', 'http'],
  alerts: ['endpoints', 'auth', 'storage', 'http'],
  storage: [],
  http: ['monitoring'],
  monitoring: [],
};

/** The rooms of larger folders, with what each may import from. Their root may import all of them. */
const ROOMS = {
  usage: {
    export: ['usage.service', 'usage.module', 'read', 'request'],
    answer: ['read', 'request'],
    read: ['request'],
    request: [],
  },
  ingest: {
    delivery: ['ingest-metrics', 'deduplication', 'log', 'rows', 'event', 'ids'],
    deduplication: ['ids'],
    log: ['ids'],
    rows: ['event', 'ids', 'log/record'],
    ids: [],
    event: [],
  },
  sql: {
    statement: [],
    port: ['statements', 'sql-failure', 'sql.repository', 'statement'],
  },
  http: {
    outgoing: ['overloaded', 'api-exception'],
  },
};

const CAPABILITIES = Object.keys(MAY_IMPORT).join('|');

/** What a folder keeps to itself; all else (module, service, domain files) is there for those above it. */
const PRIVATE_FILES = '\\.(controller|repository|sql)\\.ts$|/dto/';

const layers = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `layers-${folder}`,
  comment: `${folder}/ may import only from: ${allowed.join(', ') || 'no other folder'}. Imports go downwards.`,
  severity: 'error',
  from: { path: `^apps/api/src/${folder}/` },
  to: { path: '^apps/api/src/', pathNot: `^apps/api/src/(${[folder, ...allowed].join('|')})/` },
}));

const rooms = Object.entries(ROOMS).flatMap(([folder, allowedByRoom]) =>
  Object.entries(allowedByRoom).map(([room, allowed]) => ({
    name: `rooms-${folder}-${room}`,
    comment: `${folder}/${room}/ may import, of ${folder}/, only from: ${allowed.join(', ') || 'nothing else'}.`,
    severity: 'error',
    from: { path: `^apps/api/src/${folder}/${room}/` },
    to: {
      path: `^apps/api/src/${folder}/`,
      pathNot: `^apps/api/src/${folder}/(${[room, ...allowed].join('|')})(/|\\.ts$)`,
    },
  })),
);

module.exports = {
  forbidden: [
    ...layers,
    ...rooms,
    {
      name: 'layers-unlisted',
      comment: 'This folder is not in MAY_IMPORT of .dependency-cruiser.cjs: say there what it may import.',
      severity: 'error',
      from: { path: '^apps/api/src/[^/]+/', pathNot: `^apps/api/src/(${CAPABILITIES})/` },
      to: {},
    },
    {
      name: 'capability-private',
      comment: 'Controllers, repositories, their SQL and DTOs belong to their folder; go through its service.',
      severity: 'error',
      from: { path: '^apps/api/src/([^/]+)/' },
      to: { path: `^apps/api/src/.*(${PRIVATE_FILES})`, pathNot: '^apps/api/src/$1/' },
    },
    {
      name: 'capability-private-from-root',
      comment: 'The application is put together from modules.',
      severity: 'error',
      from: { path: '^apps/api/src/[^/]+$' },
      to: { path: PRIVATE_FILES },
    },
    {
      name: 'controller-calls-service',
      comment: 'A controller makes one call, to its service.',
      severity: 'error',
      from: { path: '\\.controller\\.ts$' },
      to: { path: '\\.(repository|sql)\\.ts$' },
    },
    {
      name: 'engine-in-its-library',
      comment: 'Only libs/clickhouse knows how ClickHouse is reached.',
      severity: 'error',
      from: { pathNot: '^libs/clickhouse/' },
      to: { path: '^(node_modules/)?(@clickhouse/client|chdb)(/|$)' },
    },
    {
      name: 'sql-in-repositories',
      comment:
        'Only repositories, the writer and whatever opens or watches the storage talk to ClickHouse. What the rollups are is open to all.',
      severity: 'error',
      from: {
        path: '^apps/',
        pathNot: [
          '\\.(repository|sql|module)\\.ts$',
          '^apps/api/src/ingest/(delivery/event-writer|delivery/delivery|rows/event-batch)\\.ts$',
          '^apps/api/src/(storage|health|admission)/',
          '^apps/api/src/sql/(statements|sql\\.service|answer-text|port/port-call)\\.ts$',
          '^apps/api/src/(app|main)[^/]*$',
        ],
      },
      to: { path: '^libs/clickhouse/', pathNot: '^libs/clickhouse/src/rollups\\.ts$' },
    },
    {
      name: 'service-knows-no-http',
      comment: 'A service decides; requests and replies are the controller’s.',
      severity: 'error',
      from: { path: '\\.(service|repository)\\.ts$' },
      to: { path: '^(node_modules/)?(fastify|@fastify|@nestjs/platform-fastify|@nestjs/swagger)(/|$)' },
    },
    {
      name: 'libraries-know-no-app',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'common-stands-alone',
      severity: 'error',
      from: { path: '^libs/common/' },
      to: { path: '^libs/', pathNot: '^libs/common/' },
    },
    {
      name: 'no-framework-in-command-line',
      comment: 'The command line starts without Nest, and so must libs/common, which it shares.',
      severity: 'error',
      from: { path: '^(libs/common|apps/cli)/' },
      to: { path: '^(node_modules/)?(@nestjs|rxjs|fastify)(/|$)' },
    },
    {
      name: 'cli-talks-http',
      comment:
        'The command line talks HTTP to a running service; of the house it shares only libs/common. A restore has no service to talk to.',
      severity: 'error',
      from: { path: '^apps/cli/', pathNot: '^apps/cli/src/backup/restore-here\\.ts$' },
      to: { path: '^(apps|libs)/', pathNot: '^(apps/cli|libs/common)/' },
    },
    {
      name: 'restore-opens-backups-alone',
      comment: 'The command line reaches the engine through libs/backup.',
      severity: 'error',
      from: { path: '^apps/cli/src/backup/restore-here\\.ts$' },
      to: { path: '^(apps|libs)/', pathNot: '^(apps/cli|libs/common|libs/backup)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.ts$|^apps/dashboard/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Type imports count: a type is knowledge too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'types'] },
  },
};
