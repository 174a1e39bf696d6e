/** Makes and recognises AppKeys: public names of apps with 100 random bits, unique and unguessable. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

export const APP_KEY_LENGTH = 20;

/** @param random at least {@link APP_KEY_LENGTH} random bytes */
export function appKeyOf(random: Uint8Array): string {
  if (random.length < APP_KEY_LENGTH) throw new RangeError('Too few random bytes for an AppKey');
  return `ak_${Array.from(random.subarray(0, APP_KEY_LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')}`;
}

/** Whether the text has the form of an AppKey; anything else need not be looked up. */
export function isAppKey(text: string): boolean {
  return /^ak_[a-z2-7]{20}$/.test(text);
}
