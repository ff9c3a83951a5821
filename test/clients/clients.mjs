/** Which clients are tried, what each needs, and how it is installed outside of the checkout. */
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/lib/project.mjs';

/** Kept from one run to the next, so that only the first one installs. */
const CACHE = join(tmpdir(), 'meterhouse-clients');
const here = (...path) => join(root, 'test/clients', ...path);

const NPM = ['@clickhouse/client@1.23.1', '@cubejs-backend/clickhouse-driver@1.7.43'];
const PYPI = ['clickhouse-connect==1.12.0', 'SQLAlchemy==2.1.9'];
/** The driver's jar has all of its own but the interface of its log. */
const MAVEN = [
  'com.clickhouse:clickhouse-jdbc:0.9.9:jar:all',
  'org.slf4j:slf4j-api:2.0.17:jar',
  'org.slf4j:slf4j-nop:2.0.17:jar',
];

const python = join(CACHE, 'python/venv/bin/python');
const go = join(CACHE, 'go/checks');
const jars = join(CACHE, 'java/jars');

/**
 * `tools`: commands without which it cannot be had; `ready`: whether it is installed; `install`: commands that install
 * it, run one after the other in `folder`; `clients`: what is run then, by name.
 */
export const REGISTRIES = [
  {
    name: 'npm',
    tools: ['npm'],
    folder: join(CACHE, 'npm'),
    ready: () => existsSync(join(CACHE, 'npm/node_modules/@cubejs-backend/clickhouse-driver')),
    install: [
      ['npm', 'install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', ...NPM],
    ],
    // A module is looked for beside the file that imports it.
    prepare: () => copyFiles(here('npm'), join(CACHE, 'npm')),
    clients: {
      '@clickhouse/client': [process.execPath, join(CACHE, 'npm/clickhouse-client.mjs')],
      "Cube's driver": [process.execPath, join(CACHE, 'npm/cube.mjs')],
    },
  },
  {
    name: 'PyPI',
    tools: ['python3'],
    folder: join(CACHE, 'python'),
    ready: () => existsSync(join(CACHE, 'python/installed')),
    install: [
      ['python3', '-m', 'venv', 'venv'],
      [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PYPI],
      ['touch', 'installed'],
    ],
    clients: {
      'clickhouse-connect': [python, here('python/checks.py'), 'clickhouse-connect'],
      'SQLAlchemy, as in Superset': [python, here('python/checks.py'), 'sqlalchemy'],
    },
  },
  {
    name: 'Go modules',
    tools: ['go'],
    folder: join(CACHE, 'go'),
    // Go itself knows what is to be built again.
    ready: () => false,
    install: [['go', 'build', '-C', here('go'), '-o', go, '.']],
    clients: {
      'clickhouse-go over HTTP': [go, 'basics'],
      "the Grafana plugin's statements": [go, 'grafana'],
    },
  },
  {
    name: 'Maven',
    tools: ['java', 'javac', 'mvn'],
    folder: join(CACHE, 'java'),
    ready: () => existsSync(jars) && readdirSync(jars).length === MAVEN.length,
    install: MAVEN.map((artifact) => [
      ...['mvn', '--quiet', '--batch-mode', 'dependency:copy'],
      ...[`-Dartifact=${artifact}`, `-DoutputDirectory=${jars}`],
    ]),
    clients: { 'JDBC, as in Metabase and DBeaver': ['java', '-cp', join(jars, '*'), here('java/Checks.java')] },
  },
];

function copyFiles(from, to) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) copyFileSync(join(from, name), join(to, name));
}
