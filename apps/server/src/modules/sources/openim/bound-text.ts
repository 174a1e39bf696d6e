/** Shortens texts of receivers. */

const MAX_REASON_LENGTH = 500;

/** At most 500 characters, none of them half, without space around. */
export function boundedReason(text: string): string {
  return Array.from(text.toWellFormed().trim()).slice(0, MAX_REASON_LENGTH).join('');
}
