/** Reads from PUBLIC_URL below which path of its host the service is reached, and takes that path off addresses. */

/** First segments of the service's own paths: with one of them as the base, an address could mean two things. */
const OWN_SEGMENTS = ['api', 'assets', 'in', 'test-receiver', 'healthz', 'readyz', 'metrics'];
/** One or several segments of characters that need no escapes anywhere: in cookies, in HTML, in regular expressions. */
const BASE_PATH = /^(\/[\w~-][\w.~-]*)+$/;
const MAX_BASE_PATH_CHARS = 100;

/** @returns `/im` of `https://host/im/`; '' at the root of the host */
export function basePathOf(publicUrl: string | undefined): string {
  if (publicUrl === undefined || !URL.canParse(publicUrl)) return '';
  return new URL(publicUrl).pathname.replace(/\/+$/, '');
}

/** @returns what is wrong with the path of a PUBLIC_URL */
export function basePathFault(publicUrl: string): string | undefined {
  if (!URL.canParse(publicUrl)) return undefined;
  const { search, hash } = new URL(publicUrl);
  if (search !== '' || hash !== '') return 'must have no query and no fragment';
  const basePath = basePathOf(publicUrl);
  if (basePath === '') return undefined;
  const [, first = ''] = basePath.split('/');
  if (OWN_SEGMENTS.includes(first))
    return `must not have a path that begins with /${first}, a path of the service`;
  if (BASE_PATH.test(basePath) && basePath.length <= MAX_BASE_PATH_CHARS) return undefined;
  return `must have a path of letters, digits, ".", "_", "~" and "-", at most ${String(MAX_BASE_PATH_CHARS)} long`;
}

/**
 * Takes the base off the address of a request. One without it stays as it is: a proxy has taken it off already, or the
 * request comes past the proxy, as a health check does.
 *
 * @param url path and query
 */
export function withoutBasePath(url: string, basePath: string): string {
  if (basePath === '' || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : url;
}
