/** Starts API, console and worker in one process. */
import { startProcess } from './start-process.js';

await startProcess('all');
