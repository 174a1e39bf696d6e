/**
 * Takes the token of a source out of everything of its requests that is kept, shown or passed on: proxies repeat the address
 * in headers, and an address that was pasted twice has it in what follows the token.
 */
import type { SourceRequest } from './source-kind.js';

const MASK = '***';

export function hideOwnToken(request: SourceRequest, token: string): SourceRequest {
  const hide = (text: string) => text.replaceAll(token, MASK);
  return {
    ...request,
    path: hide(request.path),
    query: hide(request.query),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, hide(value)])),
  };
}
