/** Starts the HTTP API and the console. */
import { startProcess } from './start-process.js';

await startProcess('api');
