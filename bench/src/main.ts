/** `pnpm bench`: starts what it needs, runs the cases, prints one table. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCase } from './cases/run-case.js';
import { readOptions, USAGE, type BenchOptions } from './options.js';
import type { CaseResult } from './report/case-result.js';
import { formatResults } from './report/print-results.js';
import { Services } from './testbed/services.js';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function runAll(options: BenchOptions): Promise<CaseResult[]> {
  const services = await Services.start();
  const results: CaseResult[] = [];
  try {
    for (const name of options.cases) {
      print(`running ${name} …`);
      results.push(await runCase(name, services, options));
    }
    return results;
  } finally {
    await services.stop();
  }
}

const options = readOptions(process.argv.slice(2));
if (options === 'help') print(USAGE);
else {
  const results = await runAll(options);
  print(`\n${formatResults(results)}`);
  if (options.jsonFile !== undefined) {
    await writeFile(path.resolve(options.jsonFile), `${JSON.stringify(results, null, 2)}\n`);
  }
}
