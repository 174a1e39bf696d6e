/** Runs the benchmark (`pnpm bench`): starts what it needs, runs the cases, prints one table. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import path from 'node:path';
import { runCase } from './cases/run-case.js';
import type { Limits } from './limits/limit-commands.js';
import { measureLimits } from './limits/measure-limits.js';
import { readOptions, USAGE, type BenchOptions, type CaseName } from './options.js';
import type { CaseResult } from './report/case-result.js';
import { faultsOf } from './report/integrity.js';
import { formatResults } from './report/print-results.js';
import { Services } from '@im/testbed/services';

const LIMIT_SECONDS = { quick: 2, thorough: 4 };

interface Outcome {
  limits: Limits | null;
  results: CaseResult[];
  /** Cases that failed, lost something or broke a promise; being slow is none of these. */
  broken: BrokenCase[];
}

interface BrokenCase {
  name: string;
  faults: string[];
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => {
  process.exitCode = 1;
  process.stderr.write(`${text}\n`);
};

async function runAll(options: BenchOptions, services: Services): Promise<Outcome> {
  let limits: Limits | null = null;
  if (options.hasLimits) {
    print('measuring the limits …');
    limits = await measureLimits(services, options.isQuick ? LIMIT_SECONDS.quick : LIMIT_SECONDS.thorough);
  }
  const outcome: Outcome = { limits, results: [], broken: [] };
  for (const name of options.cases) {
    print(`running ${name} …`);
    const faults = await runOne(name, services, options, outcome.results);
    if (faults.length > 0) outcome.broken.push({ name, faults });
  }
  return outcome;
}

/** @returns what broke */
async function runOne(
  name: CaseName,
  services: Services,
  options: BenchOptions,
  results: CaseResult[],
): Promise<string[]> {
  try {
    const result = await runCase(name, services, { ...options, onProgress: print });
    results.push(result);
    return faultsOf(result);
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

async function writeJson(file: string, options: BenchOptions, outcome: Outcome): Promise<void> {
  const machine = {
    cores: availableParallelism(),
    processor: cpus()[0]?.model,
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    node: process.version,
  };
  const { topology, isQuick, hasIds, seconds = null } = options;
  const content = { machine, options: { topology, isQuick, hasIds, seconds }, ...outcome };
  await writeFile(path.resolve(file), `${JSON.stringify(content, null, 2)}\n`);
}

async function bench(options: BenchOptions): Promise<void> {
  const services = await Services.start();
  const stop = async (): Promise<void> => {
    await services.stop(options.isKept);
    if (options.isKept) print(`\nlogs and data are in ${services.directory}`);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // What it forked ends with it; PostgreSQL, Redis and their directory would stay.
    process.once(signal, () => void stop().finally(() => process.exit(1)));
  }
  try {
    const outcome = await runAll(options, services);
    print(`\n${formatResults(outcome.results, outcome.limits)}`);
    for (const { name, faults } of outcome.broken) complain(`✗ ${name}: ${faults.join('; ')}`);
    if (options.jsonFile !== undefined) await writeJson(options.jsonFile, options, outcome);
  } finally {
    await stop();
  }
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') print(USAGE);
  else await bench(options);
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
}
// A case that failed half way may have left a process of ours behind; it ends when we do.
process.exit();
