/**
 * Encodes arrays as parameters of statements. pg writes arrays as literals and escapes each element, which is expensive
 * for thousands of rows and takes half a second for some megabytes of JSON.
 */

const OID_TEXT = 25;
const INT_BYTES = 4;
const NULL_SIZE = -1;
/** Dimensions, whether there are nulls, the type; then length and first index of the one dimension. */
const HEADER_BYTES = 5 * INT_BYTES;

/** @returns the value of a `text[]` parameter, as PostgreSQL reads it in binary */
export function textArray(texts: readonly (string | null)[]): Buffer {
  const sizes = texts.map((text) => (text === null ? NULL_SIZE : Buffer.byteLength(text)));
  const total = sizes.reduce((sum, size) => sum + INT_BYTES + Math.max(0, size), 0);
  const array = Buffer.allocUnsafeSlow(HEADER_BYTES + total);
  const hasNulls = Number(sizes.includes(NULL_SIZE));
  let at = 0;
  for (const value of [1, hasNulls, OID_TEXT, texts.length, 1]) at = array.writeInt32BE(value, at);
  for (const [index, text] of texts.entries()) {
    at = array.writeInt32BE(sizes[index] ?? 0, at);
    if (text !== null) at += array.write(text, at);
  }
  return array;
}

/**
 * @param values ids, numbers, booleans, instants in ISO 8601, identifiers: nothing that an array literal has to quote
 * @returns the value of an array parameter of their type
 */
export function plainArray(values: readonly (string | number | boolean | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join()}}`;
}
