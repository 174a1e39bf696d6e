/** Checks examples off the main thread: a slow pattern of a schema does not block the page. */
import { checkExample, type CheckQuestion } from './check-example.js';

addEventListener('message', ({ data }: MessageEvent<CheckQuestion>) => {
  postMessage(checkExample(data));
});
