/** Starts the HTTP API and the console. */
import { startWithSourceMaps } from './start-with-source-maps.js';

await startWithSourceMaps('api');
