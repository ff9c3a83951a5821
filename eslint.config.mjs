/** The rules a machine can check. Layout is prettier's; who may import whom is dependency-cruiser's. */
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const focusedTest = {
  selector:
    "MemberExpression[object.name=/^(it|test|describe)$/][property.name='only'], CallExpression[callee.name=/^(fit|fdescribe)$/]",
  message: 'A focused test keeps the others from running; remove it before you commit.',
};

const settingsOnACall = {
  selector: "Property[key.name='clickhouse_settings'], Property[key.value='clickhouse_settings']",
  message: 'Settings on a call stay on its connection and reach later statements: use the SETTINGS clause.',
};

const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read once, in libs/common/src/settings.ts; take the Settings instead.',
};

const everywhere = {
  eqeqeq: 'error',
  'no-console': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'object-shorthand': 'error',
  'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
  'no-template-curly-in-string': 'error',
  'no-restricted-syntax': ['error', focusedTest, settingsOnACall, environment],
};

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'data/', 'apps/dashboard/src/api/schema.d.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...everywhere,
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/return-await': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // `void promise` says that nobody waits; Fastify's reply is a thenable that need not be waited for.
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafePromises: ['FastifyReply'] }],
      // An async method without await still turns a throw into a rejection, which interfaces count on.
      '@typescript-eslint/require-await': 'off',
      // A class that Nest injects must be imported as a value: the decorators' metadata refers to it.
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    files: ['apps/api/src/**/*.controller.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: '@nestjs/common',
          importNames: ['Query', 'Body'],
          message: 'Take them from http/declared-input: a route takes only what it declares with those.',
        },
      ],
    },
  },
  {
    files: ['libs/clickhouse/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', focusedTest, environment] },
  },
  {
    files: ['libs/common/src/settings.ts', 'apps/cli/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', focusedTest, settingsOnACall] },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      // jest's matchers and the bodies of answers are `any`; what they hold is what a test asserts.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // Hostile input looks like a template, too.
      'no-template-curly-in-string': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: {
      globals: {
        AbortController: false,
        Buffer: false,
        console: false,
        fetch: false,
        module: false,
        performance: false,
        process: false,
        URL: false,
        setTimeout: false,
      },
    },
    rules: {
      ...everywhere,
      'no-undef': 'error',
      'no-unreachable': 'error',
      'no-unused-vars': 'error',
      'no-restricted-syntax': ['error', focusedTest],
    },
  },
);
