/** Checks whether the text looks like an address that can be called; the server decides on the address itself. */
export function isCallableUrl(text: string): boolean {
  const url = URL.parse(text.trim());
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '';
}
