/**
 * The page of a portal link. The server does not see the token, which is in the fragment; a link that may be framed
 * names its id in the path instead, so that the page is served with the origins that may frame it.
 */

const PORTAL_PATH = '/portal';
const WITH_ID = /^\/portal\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?:\/|$)/;

export function portalPathOf(link: { linkId: string; allowedOrigins: readonly string[] }): string {
  return link.allowedOrigins.length > 0 ? `${PORTAL_PATH}/${link.linkId}` : PORTAL_PATH;
}

/** @returns the id of the link that a path names, if any */
export function linkIdOf(path: string): string | undefined {
  return WITH_ID.exec(path)?.[1];
}
