/**
 * Six suites: `unit` and `console` need nothing but the code; `services` starts and kills PostgreSQL and Redis
 * themselves; `db` needs PostgreSQL and `flow` Redis besides, which their global setup starts; `kits` delivers to the receivers of
 * kits/ as well, those that `pnpm test:kits` built. Specs import `@im/contracts/…` as built: `tsc -b packages/contracts` first.
 */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const dbSpecs = 'apps/server/src/**/*.db.spec.ts';
const flowSpecs = 'apps/server/src/**/*.flow.spec.ts';
const kitsSpecs = 'apps/server/src/**/*.kits.spec.ts';
const servicesSpecs = 'packages/local-services/src/**/*.services.spec.ts';
const serviceSetup = 'apps/server/src/testing/global-setup.ts';

/**
 * What apps/server/tsconfig.json says of decorators, said again: that file leaves out specs and test support, so
 * their classes would go without the type metadata that Nest injects and TypeORM maps by.
 */
const nestDecorators = { decorator: { legacy: true, emitDecoratorMetadata: true } } as const;

/** Twice the cores: most of the time a test waits for PostgreSQL, Redis or a receiver. Redis has 15 databases to test in. */
const maxWorkers = Math.min(12, 2 * availableParallelism());

export default defineConfig({
  test: {
    maxWorkers,
    projects: [
      {
        oxc: nestDecorators,
        test: {
          name: 'unit',
          // Modules are loaded once for all files of a worker; none of them keeps what a test leaves behind.
          isolate: false,
          include: [
            'packages/*/src/**/*.spec.ts',
            'apps/server/src/**/*.spec.ts',
            '{bench,faults}/src/**/*.spec.ts',
            'kits/*/src/**/*.spec.ts',
            'scripts/**/*.spec.mjs',
          ],
          exclude: [dbSpecs, flowSpecs, kitsSpecs, servicesSpecs],
          // Far more than they take: a busy machine may be slow without being wrong.
          testTimeout: 60_000,
        },
      },
      'apps/console/vitest.config.ts',
      {
        test: {
          name: 'services',
          include: [servicesSpecs],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        oxc: nestDecorators,
        test: {
          name: 'db',
          isolate: false,
          include: [dbSpecs],
          globalSetup: [serviceSetup],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        oxc: nestDecorators,
        test: {
          name: 'kits',
          include: [kitsSpecs],
          globalSetup: [serviceSetup],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        oxc: nestDecorators,
        test: {
          name: 'flow',
          isolate: false,
          include: [flowSpecs],
          globalSetup: [serviceSetup],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
