/** Starts a worker, which delivers and evaluates alerts; its port serves health checks and metrics only. */
import { startProcess } from './start-process.js';

await startProcess('worker');
