/** Reads the origins that a person typed or pasted, one per line. */
import { isFrameOrigin } from '@im/contracts/urls/frame-origin';

export interface TypedOrigins {
  origins: string[];
  /** The first line that is no origin; '' if all are. */
  invalid: string;
}

/** A copied address of a page counts as its origin when nothing but a slash follows. */
export function readOrigins(text: string): TypedOrigins {
  const lines = text
    .split(/[\s,，]+/)
    .filter((line) => line !== '')
    .map(asOrigin);
  return { origins: [...new Set(lines)], invalid: lines.find((line) => !isFrameOrigin(line)) ?? '' };
}

function asOrigin(line: string): string {
  if (!URL.canParse(line)) return line;
  const { origin, pathname, search, hash, username, password } = new URL(line);
  const isBare = pathname === '/' && search + hash + username + password === '';
  return isBare && origin !== 'null' ? origin : line;
}
