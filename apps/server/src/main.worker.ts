/** Entry point: delivers and evaluates alerts; its port serves health checks only. */
import { startProcess } from './start-process.js';

await startProcess('worker');
