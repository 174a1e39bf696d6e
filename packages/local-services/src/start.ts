/** Runs PostgreSQL, Redis and the server on this machine for `npm start`, until it is stopped. */
import { setTimeout as delay } from 'node:timers/promises';
import { messageOf, PlainError } from './report.js';
import { announce } from './start/announce.js';
import { launch } from './start/launch.js';
import { readLaunchSettings } from './start/launch-settings.js';
import { Teardown } from './start/teardown.js';

/** How long an interrupted start may take to reach a point where it can be stopped in order. */
const SETTLE_WITHIN_MS = 2_000;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const teardown = new Teardown();
const stopRequest = Promise.withResolvers<number>();
for (const [signal, exitCode] of Object.entries(EXIT_CODES)) {
  process.on(signal, () => {
    stopRequest.resolve(exitCode);
  });
}
// The launcher that started us is gone, possibly killed.
process.on('disconnect', () => {
  stopRequest.resolve(1);
});
// The reader of our output may be gone first, which must not prevent stopping in order.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

const starting = start();
const exitCode = await Promise.race([runToEnd(), stopRequest.promise]);
const settled = starting.then(
  () => undefined,
  () => undefined,
);
await Promise.race([settled, delay(SETTLE_WITHIN_MS)]);
await teardown.run();
process.exit(exitCode);

async function start() {
  const settings = readLaunchSettings(process.env, process.argv.slice(2), process.cwd());
  const launched = await launch(settings, teardown, print);
  await launched.server.ready;
  await announce(settings, launched, teardown, print);
  return launched.server;
}

async function runToEnd(): Promise<number> {
  try {
    const server = await starting;
    await server.ended;
    return 0;
  } catch (error) {
    console.error(error instanceof PlainError ? messageOf(error) : error);
    return 1;
  }
}

function print(line: string): void {
  console.log(line);
}
