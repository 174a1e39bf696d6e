import { URL_MASK } from '@im/contracts/urls/mask-callback-url';

/** Path segments as long as this are taken for tokens. */
const TOKEN_CHARACTERS = 16;
/** How many characters of a token are shown, so that people recognise it. */
const SHOWN_CHARACTERS = 4;

/** The URL with every query value and everything that looks like a token masked. */
export function maskUrl(url: string): string {
  const { origin, pathname, searchParams } = new URL(url);
  const path = pathname.split('/').map((segment) => (isToken(segment) ? maskToken(segment) : segment));
  const query = [...searchParams].map(([name, value]) => `${encodeURIComponent(name)}=${maskToken(value)}`);
  return origin + path.join('/') + (query.length > 0 ? `?${query.join('&')}` : '');
}

/** The parts of a URL that {@link maskUrl} hides. */
export function tokensOf(url: string): string[] {
  const { pathname, searchParams } = new URL(url);
  return [...pathname.split('/').filter(isToken), ...searchParams.values()].filter((token) => token !== '');
}

/** Text of a platform that may repeat what it was sent, with every secret in it masked. */
export function redact(text: string, secrets: readonly string[]): string {
  // A secret of one or two characters hides nothing, and masking it would make the text unreadable.
  return secrets
    .filter((secret) => secret.length > 2)
    .reduce((redacted, secret) => redacted.replaceAll(secret, URL_MASK), text);
}

function isToken(segment: string): boolean {
  return segment.length >= TOKEN_CHARACTERS;
}

function maskToken(token: string): string {
  return URL_MASK + (isToken(token) ? token.slice(-SHOWN_CHARACTERS) : '');
}
