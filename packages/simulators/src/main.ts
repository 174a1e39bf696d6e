/** Runs a simulated IM server from the command line: `pnpm simulate`. */
import { createSimulator } from './create-simulator.js';
import { describeTally, describeVerdict } from './describe-tally.js';
import { readOptions, USAGE, type SimulateOptions } from './options.js';
import { runAtRate, type Verdict } from './simulator.js';

/** One line each; after that they are only counted. */
const PRINTED_VERDICTS = 20;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function simulate({ kind, perSecond, seconds, simulator: options }: SimulateOptions): Promise<void> {
  const verdicts = { allowed: 0, denied: 0, blocked: 0 };
  let seen = 0;
  const onVerdict = (verdict: Verdict): void => {
    verdicts[verdict.outcome] += 1;
    seen += 1;
    if (seen <= PRINTED_VERDICTS) print(describeVerdict(verdict));
    if (seen === PRINTED_VERDICTS) print('… (the others are counted)');
  };
  const simulator = createSimulator(kind, { ...options, onVerdict });
  const interrupt = new AbortController();
  // Once: to stop in order; again: at once.
  process.once('SIGINT', () => interrupt.abort());
  await runAtRate(simulator, {
    perSecond,
    ...(seconds !== undefined && { seconds }),
    signal: interrupt.signal,
  });
  simulator.close();
  if (seen > 0) {
    print(describeTally('before', simulator.beforeTally.report()));
    print(
      `  verdicts: ${Object.entries(verdicts)
        .map(([what, count]) => `${String(count)} ${what}`)
        .join(', ')}`,
    );
  }
  const report = simulator.tally.report();
  print(describeTally(kind, report));
  if (report.dropped > 0) process.exitCode = 1;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') print(USAGE);
  else await simulate(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
