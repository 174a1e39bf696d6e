/** Runs every check that needs no service and no browser (`pnpm verify`); all of them must be clean. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { inRoot, projectEnvironment } from './shared/paths.mjs';
import { fail } from './shared/progress.mjs';
import { capture } from './shared/run.mjs';
import { checkNode, ensureInstalled } from './shared/workspace.mjs';

const AT_A_TIME = 2;

/** The other checks read what this one builds. */
const FIRST = {
  name: 'types of the code',
  command: 'tsc',
  args: [
    '-b',
    'packages/contracts',
    'packages/simulators',
    'packages/local-services',
    'packages/testbed',
    'packages/client',
    'packages/cli',
    'apps/server',
    'bench',
    'faults',
    'kits/generator',
    'kits/node',
  ],
};

const CHECKS = [
  // In two, since the types of the whole do not fit into the memory of one.
  { name: 'lint of the server', command: 'eslint', args: ['apps/server', '--max-warnings', '0'] },
  {
    name: 'lint of all else',
    command: 'eslint',
    args: ['.', '--ignore-pattern', 'apps/server/**', '--max-warnings', '0'],
  },
  { name: 'types of the console', command: 'vue-tsc', args: ['--noEmit'], cwd: inRoot('apps', 'console') },
  ...typeChecked().map((project) => ({
    name: `types of ${project}`,
    command: 'tsc',
    args: ['--noEmit', '-p', project],
  })),
  { name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  {
    name: 'import boundaries',
    command: 'depcruise',
    args: ['apps', 'packages', 'bench', 'faults', 'e2e', 'kits', '--config', '.dependency-cruiser.cjs'],
  },
  { name: 'dead code', command: 'knip', args: ['--no-progress'] },
  { name: 'paths and links of the docs', command: 'node', args: ['scripts/check-docs.mjs'] },
  { name: 'unit tests', command: 'vitest', args: ['run', '--project', 'unit', '--project', 'console'] },
];

checkNode();
try {
  await ensureInstalled();
  const first = await check(FIRST);
  const results = first.isClean ? [first, ...(await checkAll(CHECKS))] : [first];
  const dirty = results.filter((result) => !result.isClean);
  for (const { name, output } of dirty) console.log(`\n── ${name} ──\n${output.trimEnd()}`);
  console.log(`\n${results.map(describe).join('\n')}`);
  if (dirty.length > 0) process.exitCode = 1;
} catch (error) {
  fail(error);
}

/** Specs and the end-to-end tests are no part of the build. */
function typeChecked() {
  const specs = ['apps', 'packages', 'kits']
    .flatMap((group) => readdirSync(inRoot(group)).map((name) => `${group}/${name}/tsconfig.spec.json`))
    .filter((project) => existsSync(inRoot(project)));
  return [...specs, 'bench/tsconfig.spec.json', 'faults/tsconfig.spec.json', 'e2e'];
}

async function checkAll(checks) {
  const waiting = [...checks];
  const results = new Map();
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results.set(next, await check(next));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return checks.map((each) => results.get(each));
}

async function check({ name, command, args, cwd = inRoot() }) {
  const startedAt = Date.now();
  const local = path.join(cwd, 'node_modules', '.bin', command);
  const tool = existsSync(local) ? local : inRoot('node_modules', '.bin', command);
  const { code, output } = await capture(tool, args, { cwd, env: projectEnvironment() });
  const result = { name, output, isClean: code === 0, tookMs: Date.now() - startedAt };
  console.log(describe(result));
  return result;
}

function describe({ name, isClean, tookMs }) {
  return `${isClean ? '✓' : '✗'} ${name.padEnd(48)} ${(tookMs / 1000).toFixed(1).padStart(6)} s`;
}
