/** What a check-up sends: `test.ping` payloads as JSON text. */

/** Well below what one event may have, well above what careless limits allow. */
const LARGE_MESSAGE_BYTES = 200 * 1_024;

export const PLAIN_PAYLOAD = '{"message":"check-up"}';

/**
 * Written by hand, not by `JSON.stringify`: whoever parses and writes it anew before verifying gets other bytes.
 * Raw and escaped characters beside each other, escapes nobody needs, a line separator, a number's trailing zero.
 */
export const UNICODE_PAYLOAD =
  '{ "message":"中文 emoji 🔑👩‍👩‍👧 e\u0301 \\u00e9 \\/ \\ud83d\\ude00 \u2028 <b>&amp;</b> \\"\\\\\\"", "number":1.50 }';

export const LARGE_PAYLOAD = JSON.stringify({ message: 'large '.repeat(LARGE_MESSAGE_BYTES / 6) });
