/** NestJS 12 and Fastify are ES modules, which jest on Node 20 cannot require: swc compiles them to CommonJS too. */
const esModules = ['@nestjs', '@fastify', '@hpcc-js', 'fastify', 'cookie'];

const transform = {
  '^.+\\.[cm]?[jt]s$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        keepClassNames: true,
      },
      module: { type: 'commonjs' },
    },
  ],
};

const common = {
  testEnvironment: 'node',
  rootDir: '.',
  transform,
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  moduleNameMapper: {
    '^@meterhouse/backup$': '<rootDir>/libs/backup/src/index.ts',
    '^@meterhouse/common$': '<rootDir>/libs/common/src/index.ts',
    '^@meterhouse/forecast$': '<rootDir>/libs/forecast/src/index.ts',
    '^@meterhouse/pricing$': '<rootDir>/libs/pricing/src/index.ts',
    '^@meterhouse/clickhouse$': '<rootDir>/libs/clickhouse/src/index.ts',
    '^@meterhouse/clickhouse/rollups$': '<rootDir>/libs/clickhouse/src/rollups.ts',
  },
  setupFiles: ['reflect-metadata', '<rootDir>/test/support/seed.ts'],
};

export default {
  showSeed: true,
  // One engine a process and two cores: more workers would only wait for each other.
  maxWorkers: 2,
  // The engine keeps threads of its own after it is closed.
  workerIdleMemoryLimit: '1GB',
  // Property tests and a shared machine take their time; no test waits for it.
  testTimeout: 300_000,
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'] },
    { ...common, displayName: 'medium', testMatch: ['<rootDir>/test/medium/**/*.spec.ts'] },
    { ...common, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'] },
  ],
};
