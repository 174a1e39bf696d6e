/** `npm start`: installs and builds what has changed, then hands over to the supervisor on the project's Node. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { watchAncestors } from './shared/ancestors.mjs';
import { inRoot, PROJECT_NODE } from './shared/paths.mjs';
import { fail } from './shared/progress.mjs';
import { checkNode, ensureBuilt, ensureInstalled } from './shared/workspace.mjs';

checkNode();
try {
  await ensureInstalled();
  await ensureBuilt();
  handOver();
} catch (error) {
  fail(error);
}

function handOver() {
  const supervisor = spawn(
    PROJECT_NODE,
    ['--enable-source-maps', inRoot('packages/local-services/dist/start.js'), ...process.argv.slice(2)],
    // The channel shows the supervisor when we are gone, even when we are killed.
    { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.removeAllListeners(signal);
    process.on(signal, () => supervisor.kill(signal));
  }
  watchAncestors(() => supervisor.kill('SIGTERM'));
  supervisor.on('exit', (code, signal) => {
    process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1));
  });
}
