/** Undoes the content encodings that a body may have; what cannot be undone stays as it is. */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

const DECODERS: Record<string, ((body: Buffer, options: { maxOutputLength: number }) => Buffer) | undefined> =
  {
    gzip: gunzipSync,
    'x-gzip': gunzipSync,
    deflate: inflateSync,
    br: brotliDecompressSync,
  };

/** @param maxBytes of the decoded body; one that is larger stays encoded */
export function decodeBody(body: Buffer, encoding: string | undefined, maxBytes: number): Buffer {
  const decode = encoding === undefined ? undefined : DECODERS[encoding.trim().toLowerCase()];
  if (!decode) return body;
  try {
    return decode(body, { maxOutputLength: maxBytes });
  } catch {
    return body;
  }
}
