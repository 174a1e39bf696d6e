/** Entry point: the HTTP API and the console alone. */
import { startProcess } from './start-process.js';

await startProcess('api');
