/** Who may import whom, as docs/architecture.md says it. No baseline: every rule holds everywhere. */

const CONTRACTS = '^packages/contracts/';
const SPEC = '[.]spec[.]ts$|^(apps/server|apps/console|packages/contracts|faults|kits/node)/src/testing/';

/**
 * The modules of the server from the top down: one imports those below it, never one above it, and of their `data/` only
 * that of delivery-store. A new module is one line here.
 */
const LAYERS = [
  'retention',
  'notifications',
  'live',
  'api-docs',
  'health',
  'sealed-secrets',
  'familiar-api',
  'portal',
  'tunnels',
  'sources',
  'before',
  'events',
  'recoveries',
  'diagnosis',
  'deliveries',
  'dispatcher',
  'test-receiver',
  'changes',
  'alerts',
  'statistics',
  'webhook-configs',
  'receiver-store',
  'tunnel-store',
  'delivery-store',
  'event-types',
  'apps',
  'access',
];
const MODULES = '^apps/server/src/modules';

const layers = LAYERS.map((layer, index) => ({
  name: `${layer}-imports-nothing-above`,
  comment: `The layers from the top down: ${LAYERS.join(', ')}.`,
  severity: 'error',
  from: { path: `${MODULES}/${layer}/`, pathNot: SPEC },
  to: { path: `${MODULES}/(?!(${LAYERS.slice(index).join('|')})/)` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Files that need each other are one thing, or hide a third one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'It is not imported and imports nothing: it does nothing.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '[.]d[.]ts$',
          '[.]config[.](ts|js|cjs)$',
          '[.]spec[.]ts$',
          CONTRACTS,
          // Others import it as built.
          '^packages/testbed/',
          '/migrations/',
          // Given to Vite in place of packages.
          '^apps/console/stubs/',
          // Given to vitest.
          '/slow-delays[.]ts$',
          // Given to `node --import`.
          '/clock-hook[.]ts$',
          // Run as a program of its own.
          '/testing/as-documented/',
        ],
      },
      to: {},
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      // Style sheets of Element Plus that only Vite can load.
      to: { couldNotResolve: true, pathNot: ['^virtual:', '^element-plus/es/components/[^/]+/style/css$'] },
    },
    {
      name: 'only-declared-packages',
      comment: 'A package stands in the package.json of the workspace package that imports it.',
      severity: 'error',
      from: { pathNot: [SPEC, '[.]config[.]ts$'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-spec-in-code',
      severity: 'error',
      from: { pathNot: `${SPEC}|^e2e/` },
      to: { path: SPEC },
    },
    {
      name: 'no-re-exporting-index',
      comment: 'Import a file by its own name; an index hides who needs what. A published package has one.',
      severity: 'error',
      from: { path: '(^|/)index[.]ts$', pathNot: '^kits/node/src/index[.]ts$' },
      to: { dependencyTypes: ['export'] },
    },
    {
      name: 'contracts-only-zod',
      comment: 'Contracts run in browsers; signature-node is the one file for servers.',
      severity: 'error',
      from: { path: '^packages/contracts/src/', pathNot: SPEC },
      to: { pathNot: [CONTRACTS, 'node_modules/zod/', '^node:crypto$', '^crypto$'] },
    },
    {
      name: 'contracts-crypto-in-one-file',
      severity: 'error',
      from: { path: '^packages/contracts/src/', pathNot: [SPEC, '/signature-node[.]ts$'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'console-and-server-apart',
      comment: 'They share contracts and nothing else.',
      severity: 'error',
      from: { path: '^apps/(server|console)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-local-services-in-production',
      comment: 'Embedded PostgreSQL and Redis are for start, tests and benchmarks.',
      severity: 'error',
      from: { path: '^(apps/(server|console)/src|packages/contracts)/', pathNot: SPEC },
      to: { path: '^packages/local-services/' },
    },
    {
      name: 'client-only-contracts',
      comment: 'It is published, and small: types of the contracts, and none of their schemas at run time.',
      severity: 'error',
      from: { path: '^packages/client/src/', pathNot: SPEC },
      to: { pathNot: ['^packages/client/src/', CONTRACTS] },
    },
    {
      name: 'client-without-schemas',
      comment: 'Only types come from the contracts, so that zod is not loaded.',
      severity: 'error',
      from: { path: '^packages/client/src/', pathNot: SPEC },
      to: { path: CONTRACTS, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'cli-on-the-client',
      severity: 'error',
      from: { path: '^packages/cli/src/', pathNot: SPEC },
      to: { path: '^(apps|packages|bench|faults|e2e)/', pathNot: ['^packages/(cli|client)/', CONTRACTS] },
    },
    {
      name: 'nothing-on-client-and-cli',
      comment: 'They call the service from outside.',
      severity: 'error',
      from: { path: '^(apps|packages|bench|faults|e2e)/', pathNot: ['^packages/(cli|client)/', SPEC] },
      to: { path: '^packages/(cli|client)/' },
    },
    {
      name: 'simulators-know-nothing-of-us',
      comment: 'They send what the IM servers send, not what the service expects.',
      severity: 'error',
      from: { path: '^packages/simulators/', pathNot: SPEC },
      to: { path: '^(apps|packages|bench|faults|e2e)/', pathNot: '^packages/simulators/' },
    },
    {
      name: 'kits-know-nothing-of-us',
      comment: 'They are packages for others: the standard library, and the framework they are for.',
      severity: 'error',
      from: { path: '^kits/node/', pathNot: SPEC },
      to: { path: '^(apps|packages|bench|faults|e2e|kits/generator)/' },
    },
    {
      name: 'local-services-only-contracts',
      severity: 'error',
      from: { path: '^packages/local-services/' },
      to: { path: '^(apps|e2e)/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'Decisions know other decisions and the contracts; clock, random and the world are passed in.',
      severity: 'error',
      from: { path: '^apps/server/src/modules/.+/domain/', pathNot: SPEC },
      to: { pathNot: ['^apps/server/src/modules/.+/domain/', CONTRACTS] },
    },
    {
      name: 'typeorm-in-data',
      comment: 'SQL and entities live in data/ and platform/database.',
      severity: 'error',
      from: { path: '^apps/server/src/', pathNot: ['/data/', '^apps/server/src/platform/database/', SPEC] },
      to: { path: 'node_modules/(typeorm|pg)/' },
    },
    {
      name: 'bull-in-queues',
      comment: 'Only queues, processors and platform/queue know Bull.',
      severity: 'error',
      from: {
        path: '^apps/server/src/',
        pathNot: ['[.](queue|processor)[.]ts$', '^apps/server/src/platform/queue/', SPEC],
      },
      to: { path: 'node_modules/bull/' },
    },
    {
      name: 'opentelemetry-in-one-file',
      comment: 'Its SDK is for those who trace.',
      severity: 'error',
      from: { path: '^apps/server/src/', pathNot: ['/platform/tracing/open-telemetry-tracing[.]ts$', SPEC] },
      to: { path: 'node_modules/@opentelemetry/' },
    },
    {
      name: 'opentelemetry-on-demand',
      comment: 'Loaded by import() when it is configured, never at start.',
      severity: 'error',
      from: { path: '^apps/server/src/', pathNot: SPEC },
      to: {
        path: '/platform/tracing/open-telemetry-tracing[.]ts$',
        dependencyTypesNot: ['dynamic-import'],
      },
    },
    {
      name: 'platform-without-business',
      comment: 'Technology does not know the modules that use it.',
      severity: 'error',
      from: { path: '^apps/server/src/platform/', pathNot: ['/migrations/', SPEC] },
      to: { path: '^apps/server/src/modules/' },
    },
    {
      name: 'json-schema-in-one-place',
      comment: 'Schemas and patterns of tenants go through the checks that bound them.',
      severity: 'error',
      from: { path: '^apps/server/src/', pathNot: ['/platform/json-schema/', SPEC] },
      to: { path: 'node_modules/(ajv|ajv-formats|re2js)/' },
    },
    ...layers,
    {
      name: 'data-is-private',
      comment:
        'A module asks the services of another one; rows of deliveries are for all, see delivery-store.',
      severity: 'error',
      from: { path: `${MODULES}/([^/]+)/`, pathNot: SPEC },
      to: { path: `${MODULES}/.+/data/`, pathNot: `${MODULES}/($1|delivery-store)/` },
    },
    {
      name: 'incoming-and-outgoing-http-apart',
      comment: 'What serves requests and what sends them share nothing.',
      severity: 'error',
      from: { path: '^apps/server/src/platform/(http-server|outgoing-http)/', pathNot: SPEC },
      to: {
        path: '^apps/server/src/platform/(http-server|outgoing-http)/',
        pathNot: '^apps/server/src/platform/$1/',
      },
    },
    {
      name: 'mail-in-one-place',
      comment: 'Only platform/mail knows how mail is sent.',
      severity: 'error',
      from: { path: '^apps/server/src/', pathNot: ['^apps/server/src/platform/mail/', SPEC] },
      to: { path: 'node_modules/nodemailer/' },
    },
    {
      name: 'axios-in-shared-http',
      severity: 'error',
      from: { path: '^apps/console/src/', pathNot: '^apps/console/src/shared/http/' },
      to: { path: 'node_modules/axios/' },
    },
    {
      name: 'features-apart',
      comment: 'What two features need goes to shared/ or stores/.',
      severity: 'error',
      from: { path: '^apps/console/src/features/([^/]+)/' },
      to: { path: '^apps/console/src/features/', pathNot: '^apps/console/src/features/$1/' },
    },
    {
      name: 'shared-without-features',
      severity: 'error',
      from: { path: '^apps/console/src/(shared|stores)/' },
      to: { path: '^apps/console/src/(features|app)/' },
    },
    {
      name: 'views-through-composables',
      comment: 'Views and components use composables; composables use the API.',
      severity: 'error',
      from: { path: '^apps/console/src/features/[^/]+/(views|components)/', pathNot: '[.]spec[.]ts$' },
      to: { path: '[.]api[.]ts$' },
    },
    {
      name: 'e2e-pages-at-the-bottom',
      comment: 'tests -> flows -> pages.',
      severity: 'error',
      from: { path: '^e2e/pages/' },
      to: { path: '^e2e/(flows|tests)/' },
    },
    {
      name: 'e2e-flows-below-tests',
      severity: 'error',
      from: { path: '^e2e/flows/' },
      to: { path: '^e2e/tests/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['^[^/]+/[^/]+/dist/.*[.]map$', '/(test-results|playwright-report)/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'node', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
};
