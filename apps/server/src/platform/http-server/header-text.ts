/** Decodes a header as UTF-8: Node reads each byte as a character (Latin-1). */
import { Buffer, isUtf8 } from 'node:buffer';

/** @returns the text; invalid UTF-8 stays Latin-1, as in old HTTP */
export function headerText(header: string): string {
  const bytes = Buffer.from(header, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : header;
}
