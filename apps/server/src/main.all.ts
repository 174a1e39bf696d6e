/** Starts API, console and worker in one process. */
import { startWithSourceMaps } from './start-with-source-maps.js';

await startWithSourceMaps('all');
