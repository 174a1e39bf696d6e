/** Runs the fault suite (`pnpm test:faults`): lets everything go wrong and reports which promises were kept. */
import { writeFile } from 'node:fs/promises';
import { Services } from '@im/testbed/services';
import { readOptions, USAGE, type FaultOptions, type PlannedRound } from './options.js';
import { describeJudgement } from './report/print-judgement.js';
import { runRound } from './round.js';

interface Count {
  passed: number;
  failed: number;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function runOne(services: Services, options: FaultOptions, round: PlannedRound): Promise<Count> {
  const { seed, topology, durationMs } = round;
  print(`\n── seed ${String(seed)}, ${topology}, ${(durationMs / 1_000).toFixed(0)} s ──`);
  try {
    const judgement = await runRound(services, {
      ...round,
      eventsPerSecond: options.eventsPerSecond,
      onProgress: print,
    });
    const failed = judgement.verdicts.filter(({ violations }) => violations.length > 0).length;
    print(describeJudgement(judgement));
    if (failed > 0) print(reproductionOf(options, round));
    return { passed: judgement.verdicts.length - failed, failed };
  } catch (error) {
    print(
      `✗ the round broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    print(reproductionOf(options, round));
    return { passed: 0, failed: 1 };
  }
}

function reproductionOf(
  { eventsPerSecond }: FaultOptions,
  { seed, topology, durationMs }: PlannedRound,
): string {
  const minutes = String(durationMs / 60_000);
  return `\nagain: pnpm test:faults --seed ${String(seed)} --topology ${topology} --minutes ${minutes} --rate ${String(eventsPerSecond)} --keep`;
}

async function runAll(options: FaultOptions): Promise<void> {
  print(`seed ${String(options.seed)}`);
  const services = await Services.start();
  const stop = async (): Promise<void> => {
    await services.stop(options.isKept);
    if (options.isKept) print(`\nlogs and data are in ${services.directory}`);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // What it forked ends with it; PostgreSQL, Redis and their directory would stay.
    process.once(signal, () => void stop().finally(() => process.exit(1)));
  }
  const total: Count = { passed: 0, failed: 0 };
  try {
    for (const round of options.rounds) {
      const { passed, failed } = await runOne(services, options, round);
      total.passed += passed;
      total.failed += failed;
    }
  } finally {
    await stop();
  }
  if (options.reportFile !== undefined) await writeFile(options.reportFile, JSON.stringify(total));
  if (total.failed > 0) process.exitCode = 1;
  print(
    `\nseed ${String(options.seed)}: ${String(total.passed)} promises kept, ${String(total.failed)} broken`,
  );
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') print(USAGE);
  else await runAll(options);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
// An aborted round may have left a process behind, which ends with this one.
process.exit();
