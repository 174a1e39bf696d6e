import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitUntil } from '../process/wait-until.js';
import { ServerLog } from './server-log.js';
import { ServerProcess } from './server-process.js';

/** Longer than a server without a drain takes. */
const DRAIN_MS = 4_000;
const WITHIN_MS = 60_000;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'server-'));
});
afterEach(() => rm(directory, { recursive: true }));

const inDirectory = (name: string) => path.join(directory, name);
const exists = (name: string) =>
  access(inDirectory(name)).then(
    () => true,
    () => false,
  );

it(
  'lets a server that drains end in order',
  async () => {
    const script = inDirectory('server.mjs');
    await writeFile(
      script,
      `import { writeFileSync } from 'node:fs';
     process.on('SIGTERM', () => setTimeout(() => {
       writeFileSync(${JSON.stringify(inDirectory('drained'))}, '');
       process.exit(0);
     }, ${String(DRAIN_MS)}));
     writeFileSync(${JSON.stringify(inDirectory('started'))}, '');
     setInterval(() => undefined, 1_000);`,
    );
    const report = () => undefined;
    const log = new ServerLog(inDirectory('server.log'), report);
    const server = new ServerProcess({
      script,
      pidFile: inDirectory('server.pid'),
      env: {},
      stopsWithinMs: WITHIN_MS,
      readyUrl: 'http://127.0.0.1:9/readyz',
      log,
      report,
    });
    server.ready.catch(() => undefined);
    await waitUntil(() => exists('started'), WITHIN_MS);
    await server.stop();
    expect(await exists('drained')).toBe(true);
    await log.close();
  },
  2 * WITHIN_MS,
);
