/** Checks examples off the main thread: a pattern of a schema may take as long as it likes there. */
import { checkExample, type CheckQuestion } from './check-example.js';

addEventListener('message', ({ data }: MessageEvent<CheckQuestion>) => {
  postMessage(checkExample(data));
});
