/** `pnpm bench`: starts what it needs, runs the cases, prints one table. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import path from 'node:path';
import { runCase } from './cases/run-case.js';
import type { Limits } from './limits/limit-commands.js';
import { measureLimits } from './limits/measure-limits.js';
import { readOptions, USAGE, type BenchOptions } from './options.js';
import type { CaseResult } from './report/case-result.js';
import { formatResults } from './report/print-results.js';
import { Services } from './testbed/services.js';

const LIMIT_SECONDS = { quick: 2, thorough: 4 };

interface Outcome {
  limits: Limits | null;
  results: CaseResult[];
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function runAll(options: BenchOptions): Promise<Outcome> {
  const services = await Services.start();
  try {
    let limits: Limits | null = null;
    if (options.hasLimits) {
      print('measuring the limits …');
      limits = await measureLimits(services, options.isQuick ? LIMIT_SECONDS.quick : LIMIT_SECONDS.thorough);
    }
    const results: CaseResult[] = [];
    for (const name of options.cases) {
      print(`running ${name} …`);
      results.push(await runCase(name, services, { ...options, onProgress: print }));
    }
    return { limits, results };
  } finally {
    await services.stop();
  }
}

async function writeJson(file: string, options: BenchOptions, outcome: Outcome): Promise<void> {
  const machine = {
    cores: availableParallelism(),
    processor: cpus()[0]?.model,
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    node: process.version,
  };
  const { topology, isQuick, seconds = null } = options;
  const content = { machine, options: { topology, isQuick, seconds }, ...outcome };
  await writeFile(path.resolve(file), `${JSON.stringify(content, null, 2)}\n`);
}

const options = readOptions(process.argv.slice(2));
if (options === 'help') print(USAGE);
else {
  const outcome = await runAll(options);
  print(`\n${formatResults(outcome.results, outcome.limits)}`);
  if (options.jsonFile !== undefined) await writeJson(options.jsonFile, options, outcome);
}
