/** Builds the `test.ping` payloads of a check-up as JSON text. */

/** Well below the limit of an event, well above careless limits of receivers. */
const LARGE_MESSAGE_BYTES = 200 * 1_024;

export const PLAIN_PAYLOAD = '{"message":"check-up"}';

/**
 * Not written by `JSON.stringify`, so that a receiver that parses and serializes it before verifying gets other bytes:
 * raw next to escaped characters, unnecessary escapes, a line separator, a number's trailing zero.
 */
export const UNICODE_PAYLOAD =
  '{ "message":"中文 emoji 🔑👩‍👩‍👧 e\u0301 \\u00e9 \\/ \\ud83d\\ude00 \u2028 <b>&amp;</b> \\"\\\\\\"", "number":1.50 }';

export const LARGE_PAYLOAD = JSON.stringify({ message: 'large '.repeat(LARGE_MESSAGE_BYTES / 6) });
