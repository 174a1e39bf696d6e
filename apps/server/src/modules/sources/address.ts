/** Takes an address below `/in/` apart: kind, token, and what the IM server appended. */

const MAX_TOKEN_LENGTH = 200;

export interface SourceAddress {
  kind: string;
  token: string;
  /** Decoded, without slashes at its ends. */
  path: string;
  /** As sent, without the `?`. */
  query: string;
}

/** @param url `/in/<kind>/<token>[/…][?…]`; doubled slashes count as one */
export function readAddress(url: string): SourceAddress {
  const [, path = url, query = ''] = /^([^?]*)\??([^#]*)/.exec(url) ?? [];
  const [, kind = '', token = '', ...rest] = path.split('/').filter((segment) => segment !== '');
  return {
    kind: decoded(kind),
    token: token.slice(0, MAX_TOKEN_LENGTH),
    path: rest.map(decoded).join('/'),
    query,
  };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
