import { paths } from './paths.js';

/** Where to go after login: a path of this console, never another site that a crafted link names. */
export function safeRedirect(redirect: unknown): string {
  return typeof redirect === 'string' &&
    /^\/(?![/\\])/.test(redirect) &&
    !/^\/login(?:[/?#]|$)/.test(redirect)
    ? redirect
    : paths.home;
}
