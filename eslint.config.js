/** Type-checked everywhere, zero warnings. A later block replaces an earlier block's options of the same rule. */
import { globSync } from 'node:fs';
import path from 'node:path';
import eslint from '@eslint/js';
import vitest from '@vitest/eslint-plugin';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const root = import.meta.dirname;

const nodeGlobals = Object.fromEntries(
  [
    'process',
    'console',
    'URL',
    'Buffer',
    'fetch',
    'AbortSignal',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
  ].map((name) => [name, 'readonly']),
);

/** Specs and test support are left out of the build, so they are typed by a tsconfig of their own. */
const specProjects = globSync(
  ['{apps,packages,kits}/*/tsconfig.spec.json', '{bench,faults}/tsconfig.spec.json'],
  {
    cwd: root,
  },
).map((tsconfig) => {
  const directory = path.dirname(tsconfig).replaceAll(path.sep, '/');
  return {
    name: `im/specs of ${directory}`,
    files: [`${directory}/src/**/*.spec.ts`, `${directory}/src/testing/**/*.ts`],
    languageOptions: { parserOptions: { projectService: false, project: [tsconfig], tsconfigRootDir: root } },
  };
});

const typed = ['**/*.ts', '**/*.vue'];

export default defineConfig([
  globalIgnores([
    '**/dist/',
    '**/coverage/',
    '.cache/',
    '.data/',
    'e2e/test-results/',
    'e2e/playwright-report/',
  ]),
  {
    name: 'im/no stale suppressions',
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    name: 'im/scripts',
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    extends: [eslint.configs.recommended],
    languageOptions: { globals: { ...nodeGlobals, module: 'writable' } },
  },
  {
    name: 'im/typed',
    files: typed,
    extends: [
      eslint.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      vue.configs['flat/recommended'],
    ],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: root, extraFileExtensions: ['.vue'] },
    },
    rules: {
      // Nest modules and the like are classes that carry nothing but a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Nest declares its option bags as classes; literals are what they are for.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // An empty string means "not given" in settings and forms.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    name: 'im/vue',
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // The type checker knows what exists, the browser's globals included.
      'no-undef': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      // An optional prop may be absent; its type says so.
      'vue/require-default-prop': 'off',
      'vue/define-macros-order': 'error',
      'vue/no-undef-components': ['error', { ignorePatterns: ['^El[A-Z]', '^Router(Link|View)$'] }],
      'vue/no-unused-refs': 'error',
      'vue/no-v-html': 'error',
    },
  },
  ...specProjects,
  {
    name: 'im/sizes',
    files: ['{apps,packages,kits}/*/src/**/*.{ts,vue}', '{bench,faults}/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/i18n/**', '**/*.vue', 'kits/node/src/payloads.ts'],
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    name: 'im/one reader of the environment',
    files: ['apps/server/src/**/*.ts'],
    ignores: ['apps/server/src/config/**', 'apps/server/src/testing/**', '**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'config/ is the only reader of the environment.' },
      ],
    },
  },
  {
    name: 'im/launchers talk to the terminal',
    files: ['packages/local-services/src/start.ts', 'packages/local-services/src/terminal/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    name: 'im/vitest',
    files: ['{apps,packages,kits}/*/src/**/*.spec.ts', '{bench,faults}/src/**/*.spec.ts'],
    plugins: { vitest },
    rules: {
      ...vitest.configs.recommended.rules,
      'vitest/no-focused-tests': 'error',
      'vitest/no-disabled-tests': 'error',
      'vitest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'assert*'] }],
      'vitest/valid-title': ['error', { allowArguments: true }],
      // Helpers of a spec close over what the spec made; the assertion reads best where it is used.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    name: 'im/end to end',
    files: ['e2e/**/*.ts'],
    rules: {
      // `test.only`, `test.skip` and `test.fixme` would let a suite pass that never ran.
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'MemberExpression[property.name=/^(only|skip|fixme)$/]:matches([object.name="test"], [object.property.name="describe"])',
          message: 'Every test runs.',
        },
      ],
    },
  },
  prettier,
]);
