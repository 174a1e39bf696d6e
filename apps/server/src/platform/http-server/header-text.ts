/** Reads a header in the encoding it was sent in: Node takes every byte of it for a character (Latin-1). */
import { Buffer, isUtf8 } from 'node:buffer';

/** @returns UTF-8 as UTF-8; bytes that are none stay Latin-1, as HTTP once said */
export function headerText(header: string): string {
  const bytes = Buffer.from(header, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : header;
}
