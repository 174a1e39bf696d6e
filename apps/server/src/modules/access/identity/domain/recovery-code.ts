/** Makes and reads recovery codes: 80 random bits each, written in groups; case, spaces and dashes are ignored. */

/** Without digits that look like letters, so that they survive being copied from paper. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 16;
const GROUP_LENGTH = 4;

export const RECOVERY_CODE_COUNT = 10;
/** Random bytes for one code. */
export const RECOVERY_CODE_BYTES = LENGTH;

/** @param random at least {@link RECOVERY_CODE_BYTES} random bytes */
export function recoveryCodeOf(random: Uint8Array): string {
  if (random.length < LENGTH) throw new RangeError('Too few random bytes for a recovery code');
  const letters = Array.from(random.subarray(0, LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length));
  const groups = Array.from({ length: LENGTH / GROUP_LENGTH }, (_, index) =>
    letters.slice(index * GROUP_LENGTH, (index + 1) * GROUP_LENGTH).join(''),
  );
  return groups.join('-');
}

/** Normalises what a person typed to the form that is hashed. */
export function plainCode(typed: string): string {
  return typed.toLowerCase().replaceAll(/[\s-]/g, '');
}

/** Whether it has the form of a code from an authenticator; anything else can only be a recovery code. */
export function isTotpCode(code: string): boolean {
  return /^\d{6}$/.test(code);
}
