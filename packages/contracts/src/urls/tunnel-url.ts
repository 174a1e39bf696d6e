/** Knows the addresses of tunnels: names below `.invalid` exist nowhere (RFC 6761), so nothing else has one. */

const ORIGIN = 'https://tunnel.invalid';
const TUNNEL_URL = /^https:\/\/tunnel\.invalid\/(?:([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})|\*{4})$/;

/** What the webhook of a tunnel has as its callback URL. */
export function tunnelUrl(tunnelId: string): string {
  return `${ORIGIN}/${tunnelId}`;
}

/** Whether a callback URL, masked or not, is the address of a tunnel: its webhook is temporary. */
export function isTunnelUrl(url: string): boolean {
  return TUNNEL_URL.test(url);
}

/** @returns undefined: the URL is not the whole address of a tunnel */
export function tunnelIdOf(url: string): string | undefined {
  return TUNNEL_URL.exec(url)?.[1];
}
