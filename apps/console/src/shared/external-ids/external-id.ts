/** Checks external ids as the service does, before it is asked. */

/** The longest that the service takes. */
export const MAX_EXTERNAL_ID_LENGTH = 100;

/** Blanks around it do not count; empty: there is none. */
export function isExternalId(text: string): boolean {
  return /^[\w.:-]*$/.test(text.trim());
}

/** As requests have it. */
export function externalIdOf(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
