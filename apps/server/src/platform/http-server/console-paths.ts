/** Decides which paths are the server's own, and which belong to the console's router. */

const SERVER_PATH = /^\/(api|in|assets|\.well-known)(\/|$)/;
/** `/favicon.ico`, `/robots.txt` and the like: files, never pages of the console. */
const FILE_AT_ROOT = /^\/[^/]+\.\w+$/;

/** @param path without a query */
export function isConsolePath(path: string): boolean {
  return !SERVER_PATH.test(path) && !FILE_AT_ROOT.test(path);
}
