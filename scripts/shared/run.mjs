/** Runs programs to their end. Nothing started here outlives a Ctrl-C or a SIGTERM to the launcher. */
import { spawn } from 'node:child_process';
import { ROOT } from './paths.mjs';

const KEPT_OUTPUT_CHARS = 400_000;
const SIGNAL_EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const running = new Set();

for (const [signal, exitCode] of Object.entries(SIGNAL_EXIT_CODES)) {
  process.on(signal, () => {
    for (const child of running) endGroup(child, signal);
    // A launcher without a running program has nothing to clean up.
    setTimeout(() => process.exit(exitCode), running.size > 0 ? 1500 : 0).unref();
    if (running.size > 0)
      Promise.allSettled([...running].map((child) => child.ended)).then(() => process.exit(exitCode));
  });
}

function endGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has already ended.
  }
}

/**
 * Runs a program, keeps its output and returns `{ code, output }`.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} options
 */
export async function capture(command, args, { cwd = ROOT, env = process.env } = {}) {
  // Its own group, so that its children end with it. Plain text, since its output is shown later, often in a log.
  const plain = { ...env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const child = spawn(command, args, { cwd, env: plain, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  const keep = (chunk) => {
    output = (output + chunk).slice(-KEPT_OUTPUT_CHARS);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  child.ended = new Promise((resolve) => {
    child.once('error', (error) => {
      keep(`${command}: ${error.message}\n`);
      resolve(127);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
  running.add(child);
  const code = await child.ended;
  running.delete(child);
  return { code, output };
}

/** A failed step: its message is one line, `output` the program's output. */
export class StepError extends Error {
  constructor(message, output = '') {
    super(message);
    this.output = output;
  }
}

/** As `capture`, but a program that fails fails the step. */
export async function run(command, args, options) {
  const { code, output } = await capture(command, args, options);
  if (code !== 0) throw new StepError(`${[command, ...args].join(' ')} ended with code ${code}`, output);
  return output;
}
