/** Checks where to go after logging in: a path of the console, never another site from a crafted link. */
export function consolePath(redirect: string | undefined): string {
  const isOwn = redirect !== undefined && /^\/(?![/\\])[\x20-\x7e]*$/.test(redirect);
  return isOwn && !/^\/(?:login|api)(?:[/?#]|$)/.test(redirect) ? redirect : '/';
}
