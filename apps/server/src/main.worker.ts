/** Starts a worker, which delivers and evaluates alerts; its port serves health checks and metrics only. */
import { startWithSourceMaps } from './start-with-source-maps.js';

await startWithSourceMaps('worker');
