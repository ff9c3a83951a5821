/** The specs of `npm run test:containers`: those of containers, and the end-to-end ones that can be aimed at an image. */
import base from '../../jest.config.mjs';

const e2e = base.projects.find(({ displayName }) => displayName === 'e2e');

export default {
  ...base,
  rootDir: '../..',
  // Services share the machine with their tests and with ClickHouse.
  maxWorkers: 1,
  projects: [
    { ...e2e, displayName: 'containers', testMatch: [...e2e.testMatch, '<rootDir>/test/containers/**/*.spec.ts'] },
  ],
};
