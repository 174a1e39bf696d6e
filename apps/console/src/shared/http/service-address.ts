/**
 * Addresses of the service, at the root of its host or below a path. The build is the same for every path, so the path
 * is read from where this script was loaded: scripts lie in `assets/` of the service.
 */
const loadedFrom = import.meta.url;

/** Begins and ends with a slash. */
export const BASE_PATH = import.meta.env.DEV ? '/' : new URL('../', loadedFrom).pathname;

/** @param path of the service, such as `/api/docs` */
export function addressOf(path: string): string {
  return `${BASE_PATH}${path.slice(1)}`;
}

/** With the host, for commands and code that run elsewhere. @param path of the service, or '' */
export function wholeAddressOf(path: string): string {
  return window.location.origin + (path === '' ? BASE_PATH.slice(0, -1) : addressOf(path));
}
