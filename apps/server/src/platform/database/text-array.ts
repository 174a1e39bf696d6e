/**
 * Arrays of long texts as PostgreSQL reads them in binary. pg writes arrays as literals: with JSON texts of some
 * megabytes that takes half a second, for the quotes have to be escaped.
 */

const OID_TEXT = 25;
const INT_BYTES = 4;
/** Dimensions, whether there are nulls, the type; then length and first index of the one dimension. */
const HEADER_BYTES = 5 * INT_BYTES;

/** @returns the value of a `text[]` parameter */
export function textArray(texts: readonly string[]): Buffer {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const total = sizes.reduce((sum, size) => sum + INT_BYTES + size, 0);
  const array = Buffer.allocUnsafeSlow(HEADER_BYTES + total);
  let at = 0;
  for (const value of [1, 0, OID_TEXT, texts.length, 1]) at = array.writeInt32BE(value, at);
  for (const [index, text] of texts.entries()) {
    at = array.writeInt32BE(sizes[index] ?? 0, at);
    at += array.write(text, at);
  }
  return array;
}
