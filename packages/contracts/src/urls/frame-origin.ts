/** Checks origins whose pages may show the portal in a frame. */

const HTTPS = /^https:\/\/[a-z\d-]+(\.[a-z\d-]+)*(:\d{1,5})?$/;
/** For development on one machine. */
const LOCAL = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/**
 * Whether a text is an origin as browsers write it. Neither wildcards nor anything else that has a meaning in a
 * Content-Security-Policy can be part of it.
 */
export function isFrameOrigin(text: string): boolean {
  if (!HTTPS.test(text) && !LOCAL.test(text)) return false;
  return URL.canParse(text) && new URL(text).origin === text;
}
