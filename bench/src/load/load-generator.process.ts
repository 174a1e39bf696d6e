/** Runs a load generator, one run at a time. */
import { serveCommands } from '@im/testbed/peer-channel';
import type { LoadCommands } from './load-commands.js';
import { LoadRun } from './load-run.js';

let current: LoadRun | null = null;

function running(): LoadRun {
  if (!current) throw new Error('nothing was started');
  return current;
}

serveCommands<LoadCommands>({
  start: (plan) => {
    current = new LoadRun(plan);
    return null;
  },
  noteArrived: (arrived) => {
    running().noteArrived(arrived);
    return null;
  },
  progress: () => running().progress(),
  finish: () => running().finish(),
});
