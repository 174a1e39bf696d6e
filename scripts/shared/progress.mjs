/** Shows one line per step with its time: ticking in a terminal, plain lines everywhere else. */
const isTerminal = Boolean(process.stdout.isTTY) && !process.env.CI;
const TICK_MS = 200;
/** So that a long step in a log does not look dead. */
const STILL_RUNNING_MS = 30_000;

const seconds = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;

/**
 * Shows `label` while `work` runs and how long it took. `work` may return a string, which is shown after the label;
 * `say` shows a line in between.
 */
export async function step(label, work) {
  const startedAt = Date.now();
  const stopTicking = isTerminal ? tick(label, startedAt) : remind(label, startedAt);
  const finish = (mark, note) => {
    stopTicking();
    console.log(`${mark} ${label}${note ? `: ${note}` : ''} (${seconds(startedAt)})`);
  };
  try {
    const result = await work();
    finish('✓', typeof result === 'string' ? result : '');
    return result;
  } catch (error) {
    finish('✗', '');
    throw error;
  }
}

function tick(label, startedAt) {
  const draw = () => process.stdout.write(`\r\u001b[2K… ${label} (${seconds(startedAt)})`);
  draw();
  const timer = setInterval(draw, TICK_MS);
  return () => {
    clearInterval(timer);
    process.stdout.write('\r\u001b[2K');
  };
}

function remind(label, startedAt) {
  console.log(`… ${label}`);
  const timer = setInterval(() => console.log(`… ${label} (${seconds(startedAt)})`), STILL_RUNNING_MS);
  return () => clearInterval(timer);
}

/** Ends the launcher with a readable message: what failed and its output, without a stack. */
export function fail(error) {
  if (error?.output) console.error(error.output.trimEnd());
  console.error(error?.output === undefined ? error : error.message);
  process.exitCode = 1;
}
